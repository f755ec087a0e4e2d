"""Which addresses may be dialled: every class that advisories of other monitors taught us."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError, Refused
from monitor.fetch.guard import Dial, Guard, Target, is_public
from monitor.fetch.limits import Limits

OPEN = Guard()

NOT_PUBLIC = {
    "this network": "0.0.0.0",
    "this network, too": "0.1.2.3",
    "private 10": "10.0.0.1",
    "carriers and cloud metadata": "100.100.100.200",
    "loopback": "127.0.0.1",
    "all of loopback": "127.255.1.9",
    "link-local, metadata": "169.254.169.254",
    "private 172": "172.31.255.255",
    "protocol assignments": "192.0.0.8",
    "documentation": "192.0.2.1",
    "6to4 relays": "192.88.99.1",
    "private 192": "192.168.1.1",
    "benchmarks": "198.19.0.1",
    "documentation 2": "198.51.100.7",
    "documentation 3": "203.0.113.7",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 unspecified": "::",
    "IPv6 loopback": "::1",
    "IPv4 mapped": "::ffff:127.0.0.1",
    "IPv4 mapped in hex": "::ffff:7f00:1",
    "IPv4 compatible": "::7f00:1",
    "NAT64 of loopback": "64:ff9b::7f00:1",
    "NAT64 of a private one": "64:ff9b::10.0.0.1",
    "local NAT64": "64:ff9b:1::1",
    "discard": "100::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "IPv6 benchmarks": "2001:2::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, new": "3fff::1",
    "6to4 of loopback": "2002:7f00:1::1",
    "6to4 of a private one": "2002:a00:1::1",
    "unique local": "fd00::1",
    "IPv6 link-local": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "a public one with a zone": "2400:3200::1%eth0",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "no address": "localhost",
}
PUBLIC = ["1.1.1.1", "114.114.114.114", "223.5.5.5", "8.8.8.8", "2400:3200::1", "240e::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_a_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standard_library_calls_private(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(str(address)) and not str(address).startswith("64:ff9b::"):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@given(st.ip_addresses(v=4).filter(lambda address: not is_public(str(address))))
def test_no_wrapping_makes_a_private_address_public(address: IPv4Address) -> None:
    number = int(address)
    for wrapped in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not is_public(str(IPv6Address(wrapped)))


@pytest.mark.parametrize(
    ("url", "scheme", "host", "port"),
    [
        ("http://www.miit.gov.cn/zwgk/", "http", "www.miit.gov.cn", 80),
        ("HTTPS://WWW.MIIT.GOV.CN", "https", "www.miit.gov.cn", 443),
        ("https://a-b_c.gov.cn:8443?x=@1#y:2", "https", "a-b_c.gov.cn", 8443),
        ("http://xn--fiq228c.cn/公告 1.html", "http", "xn--fiq228c.cn", 80),
        ("http://114.114.114.114/", "http", "114.114.114.114", 80),
        ("http://[2400:3200::1]:81/", "http", "2400:3200::1", 81),
    ],
)
def test_a_plain_address_is_taken_apart(url: str, scheme: str, host: str, port: int) -> None:
    assert OPEN.check(url) == Target(url, scheme, host, port)


REFUSED = [
    "",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file:..",
    "source:file:///etc/passwd",
    "ftp://www.gov.cn/",
    "gopher://www.gov.cn/",
    "data:text/html,hi",
    "javascript:alert(1)",
    "//www.gov.cn/",
    " http://www.gov.cn/",
    "\thttp://www.gov.cn/",
    "http:/www.gov.cn/",
    "http:www.gov.cn",
    "http:///path",
    "http://:80/",
    "http://user@www.gov.cn/",
    "http://user:word@www.gov.cn/",
    "http://a@127.0.0.1@b/",
    "http://127.0.0.1:8888\\@www.gov.cn/",
    "http://www.gov.cn\\@127.0.0.1/",
    "http://www.gov.cn\t/",
    "http://www.\ngov.cn/",
    "http://www.gov.cn/a\r\nHost: b",
    "http://www.gov.cn/a\0b",
    "http://www.gov .cn/",
    "http://www.gov.cn:/",
    "http://www.gov.cn:0/",
    "http://www.gov.cn:65536/",
    "http://www.gov.cn:80:81/",
    "http://www.gov.cn:８０/",
    "http://www.gov.cn./",
    "http://www..gov.cn/",
    "http://.gov.cn/",
    "http://-a.gov.cn/",
    "http://www。gov。cn/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://政府.cn/",
    "http://www.gov.cn%2f@127.0.0.1/",
    "http://" + "a" * 64 + ".cn/",
    "http://" + "a." * 130 + "cn/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.0x1/",
    "http://127.0.0.1.2/",
    "http://08.8.8.8/",
    "http://www.gov.cn.1/",
    "http://127.0.0.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://[www.gov.cn]/",
    "http://[1.1.1.1]/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_plain_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="refused: "):
        OPEN.check(url)


@given(
    st.text(max_size=60),
    st.sampled_from(["", "http://", "https://", "http://www.gov.cn", "http://127.0.0.1"]),
)
def test_any_text_is_refused_or_names_a_plain_host(text: str, start: str) -> None:
    try:
        target = OPEN.check(start + text)
    except Refused:
        return
    assert target.scheme in ("http", "https")
    assert 0 < target.port < 65536
    assert target.host.isascii()
    assert not set(target.host) & set(" \t\r\n\\/@?#%[]")
    if target.host.replace(".", "").isdigit() or ":" in target.host:
        assert is_public(str(ip_address(target.host)))


@pytest.mark.parametrize(
    ("allowed", "host", "port", "passes"),
    [
        ("10.0.0.5", "10.0.0.5", 80, True),
        ("10.0.0.5", "10.0.0.5", 8080, True),
        ("10.0.0.5:80", "10.0.0.5", 80, True),
        ("10.0.0.5:80", "10.0.0.5", 8080, False),
        ("10.0.0.5", "10.0.0.6", 80, False),
        ("intranet", "intranet", 80, True),
        ("Intranet:80", "intranet", 80, True),
        ("intranet", "evil.intranet", 80, False),
        ("[::1]:80", "::1", 80, True),
        ("::1", "::1", 80, True),
        ("[::1]", "::1", 80, True),
    ],
)
def test_only_what_the_operator_named_may_be_inside(allowed: str, host: str, port: int, passes: bool) -> None:
    guard = Guard.of(Limits(allow_hosts=frozenset({allowed})))
    assert guard.admits(host, port, "10.0.0.5") is passes
    assert guard.dial(host, port) == Dial(host, port, trusted=passes)


def test_a_gateway_is_dialled_for_its_name_and_port_alone() -> None:
    guard = Guard.of(Limits(connect_to={"WWW.miit.gov.cn:443": "127.0.0.1:8001"}))
    assert guard.dial("www.miit.gov.cn", 443) == Dial("127.0.0.1", 8001, trusted=True)
    assert guard.admits("www.miit.gov.cn", 443, "127.0.0.1")
    assert not guard.admits("www.miit.gov.cn", 80, "127.0.0.1")
    with pytest.raises(Refused):
        guard.check("http://127.0.0.1:8001/")


def test_a_gateway_for_a_bare_address_is_refused_rather_than_ignored() -> None:
    guard = Guard.of(Limits(connect_to={"1.1.1.1:80": "127.0.0.1:8001"}))
    with pytest.raises(Refused, match="connect_to works for names"):
        guard.check("http://1.1.1.1/")


@pytest.mark.parametrize(
    "pair", [("a:80", "b"), ("a", "b:80"), ("a:80", ":80"), ("a:80", "b:http"), ("a:80", "")]
)
def test_a_gateway_that_cannot_be_understood_is_a_mistake_in_the_configuration(pair: tuple[str, str]) -> None:
    with pytest.raises(ConfigError, match="connect_to"):
        Guard.of(Limits(connect_to=dict([pair])))
