"""Old TLS for the hosts that a source names, for no other, and never without a certificate."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import pytest

from monitor.errors import FetchError
from monitor.model import Http
from tests.fetch.doing import aio, door_to
from tests.fetch.pki import HOST, Pki, openssl, s_server
from tests.fetch.site import Site

OLD = Http(legacy_tls=frozenset({HOST}), ignore_robots="one request is enough for a handshake")
STRICT = Http(ignore_robots="one request is enough for a handshake")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    made = Pki.make(tmp_path_factory.mktemp("pki"))
    made.certificate("good")
    made.certificate("weak", bits=1024, digest="sha1")
    openssl(made.folder, *["dhparam", "-dsaparam", "-out", "dh.pem", "1024"])
    return made


SERVERS: dict[str, Sequence[str]] = {
    "TLS 1.0 alone": ["-cert", "good.pem", "-key", "good.key", "-tls1", "-cipher", "ALL:@SECLEVEL=0"],
    "TLS 1.1 alone": ["-cert", "good.pem", "-key", "good.key", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
    "RSA key exchange": [
        "-cert",
        "good.pem",
        "-key",
        "good.key",
        "-tls1_2",
        "-cipher",
        "AES128-SHA:@SECLEVEL=0",
    ],
    "1024 bit, SHA-1": ["-cert", "weak.pem", "-key", "weak.key", "-tls1_2", "-cipher", "ALL:@SECLEVEL=0"],
    "a small group": [
        "-cert",
        "good.pem",
        "-key",
        "good.key",
        "-tls1_2",
        "-dhparam",
        "dh.pem",
        "-cipher",
        "DHE-RSA-AES128-SHA:@SECLEVEL=0",
    ],
}


async def reach(place: str, http: Http, *, authorities: str, host: str = HOST) -> bytes:
    """The page of a site on a TLS server that stands at `place`."""
    told = {"connect_to": {f"{host}:443": place}, "authorities": authorities}
    async with door_to(Site({}), **told) as door:
        page = await door.page(f"https://{host}/zwgk/", http=http)
    return page.body


@pytest.mark.parametrize("stdlib", [False, True], ids=["aiohttp", "stdlib"])
@pytest.mark.parametrize("options", SERVERS.values(), ids=SERVERS)
@aio
async def test_an_old_server_is_spoken_to_where_the_source_says_so(
    pki: Pki, options: Sequence[str], stdlib: bool
) -> None:
    http = Http(legacy_tls=OLD.legacy_tls, ignore_robots=OLD.ignore_robots, stdlib=stdlib)
    with s_server(pki.folder, options) as place:
        assert b"s_server" in await reach(place, http, authorities=pki.authorities)
        with pytest.raises(FetchError, match="TLS: "):
            await reach(place, STRICT, authorities=pki.authorities)


@aio
async def test_a_server_of_today_is_spoken_to_by_both(pki: Pki) -> None:
    with s_server(pki.folder, ["-cert", "good.pem", "-key", "good.key"]) as place:
        for http in (OLD, STRICT):
            assert b"TLSv1.3" in await reach(place, http, authorities=pki.authorities)


@aio
async def test_another_host_of_the_same_source_is_not_spoken_to_in_old_ways(pki: Pki) -> None:
    with (
        s_server(pki.folder, SERVERS["RSA key exchange"]) as place,
        pytest.raises(FetchError, match=r"TLS: .*handshake failure"),
    ):
        await reach(place, OLD, authorities=pki.authorities, host="www.gov.cn")


@pytest.mark.parametrize("stdlib", [False, True], ids=["aiohttp", "stdlib"])
@aio
async def test_old_is_not_without_certificate(pki: Pki, stdlib: bool) -> None:
    """Anonymous key exchange would pass for verified: there is nothing to verify."""
    http = Http(legacy_tls=frozenset({HOST, "www.gov.cn"}), ignore_robots="-", stdlib=stdlib)
    anonymous = ["-nocert", "-tls1_2", "-cipher", "ADH-AES128-SHA:AECDH-AES128-SHA:@SECLEVEL=0"]
    with s_server(pki.folder, anonymous) as place:
        assert _takes(place, "ADH-AES128-SHA:@SECLEVEL=0")
        with pytest.raises(FetchError, match=r"TLS: .*handshake failure"):
            await reach(place, http, authorities=pki.authorities)
    with s_server(pki.folder, SERVERS["1024 bit, SHA-1"]) as place:
        with pytest.raises(FetchError, match="TLS: unable to get local issuer certificate"):
            await reach(place, http, authorities="")
        with pytest.raises(FetchError, match=r"TLS: .*[Hh]ostname mismatch"):
            await reach(place, http, authorities=pki.authorities, host="www.gov.cn")


def _takes(place: str, ciphers: str) -> bool:
    """Whether somebody with these ciphers gets in: else the refusal above would prove nothing."""
    command = ["openssl", "s_client", "-connect", place, "-tls1_2", "-cipher", ciphers]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False, timeout=10)
    return "Cipher is ADH-AES128-SHA" in done.stdout
