"""The loopback server over real sockets: hosts, keep-alive, forms, 304, gzip."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from monitor.demo.columns import COLUMNS, HOSTS, TAX, column
from monitor.demo.rows import all_rows
from monitor.demo.server import connect_to, serving
from monitor.demo.sites import answer
from monitor.demo.truth import LAST_POLL
from monitor.demo.world import World


@pytest.fixture
def connection() -> Iterator[http.client.HTTPConnection]:
    """One kept-alive connection to the simulated sites as they are at the end."""
    world = World(all_rows(), now=LAST_POLL)
    with serving(lambda ask: answer(world.scene(), ask)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        yield connection
        connection.close()


def test_hosts_are_told_apart_on_one_connection(connection: http.client.HTTPConnection) -> None:
    for where in COLUMNS:
        status, _, body = _get(connection, where.host, where.path)
        assert status == 200
        page = gzip.decompress(body) if where.gzip else body
        assert f'content="{where.site}"' in page.decode()


def test_a_host_that_is_not_simulated_is_not_found(connection: http.client.HTTPConnection) -> None:
    assert _get(connection, "www.example.org", "/")[0] == 404


def test_a_known_state_answers_304_without_a_body(connection: http.client.HTTPConnection) -> None:
    most = column("most-guifan")
    _, headers, _ = _get(connection, most.host, most.path)
    status, again, body = _get(connection, most.host, most.path, {"If-None-Match": headers["etag"]})
    assert (status, again["etag"], body) == (304, headers["etag"], b"")
    assert _get(connection, most.host, most.path)[0] == 200


def test_cnipa_zips_unasked(connection: http.client.HTTPConnection) -> None:
    cnipa = column("cnipa-tongzhi")
    _, headers, body = _get(connection, cnipa.host, cnipa.path)
    assert headers["content-encoding"] == "gzip"
    assert "<datastore>" in gzip.decompress(body).decode()


def test_a_form_reaches_the_interface(connection: http.client.HTTPConnection) -> None:
    form = urlencode({"channelId": column("chinatax-fagui").key, "page": 1, "size": 5})
    headers = {"Host": TAX, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/getFileListByCodeId", form, headers)
    reply = json.loads(connection.getresponse().read())
    assert len(reply["results"]["data"]["results"]) == 5


def test_every_host_is_dialled_on_loopback() -> None:
    targets = connect_to(8099)
    assert set(targets) == {f"{host}:80" for host in HOSTS}
    assert set(targets.values()) == {"127.0.0.1:8099"}


def _get(
    connection: http.client.HTTPConnection, host: str, path: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection.request("GET", path, headers={"Host": host, **(headers or {})})
    response = connection.getresponse()
    said = {name.lower(): value for name, value in response.getheaders()}
    return response.status, said, response.read()
