"""Every bad site at once, among good ones, as a user meets them: one check, one status and reason each."""

from __future__ import annotations

import json
import random
import socket
import sqlite3
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.cli import run
from tests.hostile import (
    Behaviour,
    Row,
    answer,
    bomb,
    bot,
    bot_channel,
    by_path,
    column,
    drip,
    hostile_web,
    list_page,
    notice_page,
    path_of,
    silence,
    write_config,
)
from tests.process import NOW, Said, kuaixun

GOOD: list[Row] = [
    ("关于组织开展2026年绿色工厂申报的通知", "2026-09-15", 3),
    ("关于印发某某管理办法的通知", "2026-09-14", 2),
    ("关于公布某某名单的通知", "2026-09-13", 1),
]
LIST = list_page(GOOD).partition(b"\r\n\r\n")[2]
JSL = "<html><script>var a='__jsl_clearance=x';document.cookie=a;location.reload()</script></html>"
WALL = "<html><title>访问被拦截</title><body>您的请求被拦截，疑似攻击</body></html>"
NOISE = random.Random(7).randbytes(4000)
ROWS = "".join(
    f"<li><a href='{{}}({n})'>关于第{n}号事项的通知</a><span>2026-09-0{n}</span></li>" for n in range(1, 9)
)


def links(scheme: str) -> bytes:
    return answer(f"<html><body><ul>{ROWS.replace('{}', scheme)}</ul></body></html>")


# Name of the host: its behaviour, the status and a part of the reason that it must lead to.
BAD: dict[str, tuple[Behaviour, str, str]] = {
    "e404": (answer("<h1>404</h1>", status="404 Not Found"), "failed", "HTTP 404"),
    "e500": (answer("<h1>500</h1>", status="500 Oops"), "failed", "HTTP 500"),
    "silent": (silence, "failed", "no answer within 1 s"),
    "drip": (drip, "failed", "not finished within 1 s"),
    "jsl": (answer(JSL), "blocked", "创宇盾"),
    "jsl521": (answer(JSL, status="521 "), "blocked", "HTTP 521"),
    "wall": (answer(WALL, status="403 Forbidden"), "blocked", "firewall"),
    "ruishu": (answer("<html><meta content='{qqqqqq'><script>$_ts=1</script></html>", status="412 "), "blocked", "瑞数"),
    "zero": (answer("<html><body><ul></ul><p>" + "本栏目暂无内容。" * 50 + "</p></body></html>"), "empty", "without a single row"),
    "javascript": (links("javascript:open"), "empty", "without a single row"),
    "mailto": (links("mailto:a@example.org?"), "empty", "without a single row"),
    "binary": (answer(NOISE), "failed", "not a page"),
    "image": (answer(b"\x89PNG\r\n\x1a\n" + NOISE, Content_Type="image/png"), "failed", "not a page: image/png"),
    "cutgzip": (answer(bomb(megabytes=1)[:500], Content_Encoding="gzip"), "failed", "cut off"),
    "short": (answer(LIST[:200], Content_Length=str(len(LIST))), "failed", "cut off"),
    "bomb": (answer(bomb(megabytes=60), Content_Encoding="gzip"), "failed", "more than 8 MB"),
    "nested": (answer(bomb(megabytes=60, layers=2), Content_Encoding="gzip"), "failed", "not a page"),
    "layered": (answer(bomb(megabytes=60, layers=2), Content_Encoding="gzip, gzip"), "failed", "Content-Encoding"),
    "brotli": (answer(NOISE, Content_Encoding="br"), "failed", "Content-Encoding br"),
    "large": (answer("<html><body>" + "<p>正文</p>" * 900_000), "failed", "more than 8 MB"),
    "itself": (answer("", status="302 Found", Location="/tzgg/"), "failed", "redirects to itself"),
    "round": (by_path({"/tzgg/": answer("", status="302 Found", Location="/b"), "/b": answer("", status="301 Moved", Location="/tzgg/")}), "failed", "redirects"),
    "inside": (answer("", status="302 Found", Location="http://127.0.0.1:1/"), "failed", "not a public address"),
    "metadata": (answer("", status="307 Go", Location="http://169.254.169.254/latest/"), "failed", "not a public address"),
    "file": (answer("", status="302 Found", Location="file:///etc/passwd"), "failed", "not an http or https address"),
    "two": (answer("ok"), "blocked", "2 bytes"),
    "nothing": (answer(""), "failed", "an empty answer"),
    "json": (answer('{"code":500,"msg":"系统繁忙，请稍后再试"}', Content_Type="application/json"), "failed", ""),
    "notice": (notice_page("关于某事项的通知", "2026-09-01", body="正文。" * 100), "failed", "a notice, not a list"),
    "ssh": (b"SSH-2.0-OpenSSH_9.2\r\n", "failed", "not HTTP"),
    "closed": (b"", "failed", "closed without an answer"),
    "header": (answer(LIST, X_Long="a" * 300_000), "failed", "not HTTP"),
    "length": (answer(LIST, Content_Length="-5"), "failed", "not HTTP"),
    "chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n" + LIST, "failed", "not HTTP"),
    "title": (list_page([("长" * 10_000, "2026-09-15", n) for n in range(9)]), "failed", "characters of a title"),
    "s204": (answer("", status="204 No Content"), "failed", "HTTP 204"),
}  # fmt: skip
ELSEWHERE = {
    "dns": ("http://nothing.invalid/", "failed", "DNS: name not found"),
    "refused": ("http://refused.test/", "failed", "connection refused"),
    "tls": ("https://tls.test/", "failed", "TLS: self-signed certificate"),
    "private": ("http://127.0.0.1:1/", "failed", "not a public address"),
}
HEALTHY: dict[str, Behaviour] = {
    "utf8": column(GOOD),
    "gbk": column(GOOD, charset="gbk"),
    "nonsense": by_path({"/tzgg/": LIST and answer(LIST, Content_Type="text/html; charset=nonsense-9"),
                         **{path_of(on, number): notice_page(title, on) for title, on, number in GOOD}}),
    "thousands": by_path({"/tzgg/": list_page([(f"关于第{n}号事项的通知", "2026-09-10", n) for n in range(5000)])}),
}  # fmt: skip


@dataclass(slots=True)
class Checked:
    """One check of all of them, and one of the good ones a day later, when one had news and one was broken."""

    folder: Path
    first: Said
    second: Said

    def source(self, id_: str) -> dict[str, object]:
        return next(source for source in self.first.data["sources"] if source["id"] == id_)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    folder = tmp_path_factory.mktemp("bad")
    context = _self_signed(folder)
    with (
        hostile_web() as web,
        hostile_web(context) as over_tls,
        socket.create_server(("127.0.0.1", 0)) as closed,
    ):
        refused = closed.getsockname()[1]
        closed.close()
        web.behaviours = {f"{name}.test": bad[0] for name, bad in BAD.items()}
        web.behaviours |= {f"{name}.test": good for name, good in HEALTHY.items()}
        over_tls.behaviours = {"tls.test": column(GOOD)}
        urls = {name: f"http://{name}.test/tzgg/" for name in (*BAD, *HEALTHY)}
        urls |= {name: elsewhere[0] for name, elsewhere in ELSEWHERE.items()}
        gateways = {"refused.test:80": f"127.0.0.1:{refused}", "tls.test:443": f"127.0.0.1:{over_tls.port}"}
        fetch = {"contact": "a@example.org", "delay": 0, "timeout": 1, "concurrency": 60, "per_day": 100_000}
        write_config(folder, web, urls, fetch={**fetch, "connect_to": web.connect_to() | gateways})
        first = kuaixun(folder, "check", "--json")
        web.behaviours["utf8.test"] = column([("关于组织申报专项资金的通知", "2026-09-16", 4), *GOOD])
        web.behaviours["gbk.test"] = answer("<h1>404</h1>", status="404 Not Found")
        second = kuaixun(folder, "check", "--json", *HEALTHY, now="2026-09-17T09:00")
        yield Checked(folder, first, second)


def _self_signed(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key", folder / "cert"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=tls.test"
    subprocess.run(words.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [(name, *bad[1:]) for name, bad in (BAD | ELSEWHERE).items()],
)
def test_a_bad_site_has_its_status_and_reason(checked: Checked, name: str, status: str, reason: str) -> None:
    found = checked.source(name)
    assert (found["status"], found["items"], found["new"]) == (status, 0, 0)
    assert found["error"]
    assert reason in str(found["error"])


def test_the_others_are_unharmed(checked: Checked) -> None:
    assert checked.first.code == checked.second.code == 3
    found = {name: checked.source(name) for name in HEALTHY}
    assert {name: (one["status"], one["items"], one["error"]) for name, one in found.items()} == {
        "utf8": ("baseline", 3, None),
        "gbk": ("baseline", 3, None),
        "nonsense": ("baseline", 3, None),
        "thousands": ("baseline", 5000, None),
    }


def test_only_the_one_new_notice_is_reported_and_nothing_as_gone(checked: Checked) -> None:
    assert checked.first.data["changes"] == []
    (change,) = checked.second.data["changes"]
    assert (change["kind"], change["source"]) == ("new", "utf8")


def test_nothing_bad_is_stored_as_content(checked: Checked) -> None:
    with closing(sqlite3.connect(checked.folder / "storage" / "monitor.db")) as database:
        sources = {row[0] for row in database.execute("SELECT DISTINCT source_id FROM posting")}
        titles = {row[0] for row in database.execute("SELECT DISTINCT title FROM version")}
    assert sources == set(HEALTHY)
    known = {title for title, _, _ in GOOD} | {"关于组织申报专项资金的通知"}
    assert {title for title in titles if "号事项" not in title} == known
    pages = [path for path in (checked.folder / "storage" / "pages").rglob("*") if path.is_file()]
    assert len(pages) <= 16  # four lists, one of them twice, and the pages of three of them; no junk


def test_nothing_is_said_but_the_document(checked: Checked) -> None:
    for said in (checked.first, checked.second):
        assert said.err == ""
        assert json.loads(said.out).keys() == {"sources", "changes"}


def test_a_page_that_a_gbk_site_sends_is_read(checked: Checked) -> None:
    listed = kuaixun(checked.folder, "changes", "--json", "--kind", "baseline", "--source", "gbk")
    assert {change["notice"]["title"] for change in listed.data["changes"]} == {title for title, _, _ in GOOD}  # type: ignore[index]


def test_a_site_whose_pages_do_not_answer_is_left_after_a_few_of_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = [(f"关于第{n}号事项的通知", "2026-09-10", n) for n in range(60)]
    busy = answer("<h1>503</h1>", status="503 Busy", Retry_After="3600")
    closed = {path_of(on, number): busy for _, on, number in rows}
    with hostile_web() as web:
        web.behaviours["a.test"] = by_path({"/tzgg/": list_page(rows), **closed})
        write_config(tmp_path, web, {"a": "http://a.test/tzgg/"})
        assert _run(tmp_path, "check", "--json") == 0
        pages = {asked for asked in web.asked if asked != "a.test/tzgg/"}
        assert len(pages) == 5
        web.behaviours["a.test"] = column(rows)
        assert _run(tmp_path, "check", "--json", now="2026-09-16T10:00") == 0
        capfd.readouterr()
        _run(tmp_path, "changes", "--json", "--kind", "baseline")
    assert len(json.loads(capfd.readouterr().out)["changes"]) == 60


HOSTILE = [
    "组织申报\x1b[31m红\x07字的通知",
    "<script>alert(1)</script>关于组织申报的通知",
    "关于组织申报" + "长" * 1_900 + "的通知",
    "关于组织申报\r\nBcc: victim@example.org 的通知",
    "关于组织申报\u202e知通\u202c的通知",
    "关于组织申报😀🎉的通知",
    '=HYPERLINK("http://evil.example","申报")的通知',
    "关于组织申报\u200b零宽\ufeff的通知",
    "关于组织申报[点我](http://evil.example)**粗**的通知",
    "关于组织申报<font color='warning'>x</font>@all的通知",
]
DANGEROUS = {*map(chr, range(0x20)), "\x7f", "\u202e", "\u202c", "\u200b", "\ufeff"} - {"\n"}


def test_hostile_titles_reach_nobody_as_anything_but_text(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = [(title, "2026-09-15", number) for number, title in enumerate(HOSTILE)]
    received: list[str] = []
    with hostile_web() as web:
        web.behaviours = {
            "a.test": column([("关于旧事项的通知", "2026-09-10", 99)]),
            "127.0.0.1": bot(received),
        }
        write_config(tmp_path, web, {"a": "http://a.test/tzgg/"}, **bot_channel(web))
        assert _run(tmp_path, "check") == 0
        web.behaviours["a.test"] = column([*rows, ("关于旧事项的通知", "2026-09-10", 99)])
        assert _run(tmp_path, "check", now="2026-09-16T12:00") == 0
        assert _run(tmp_path, "digest", "send", now="2026-09-16T12:00") == 0
    for words in (["changes"], ["digest", "preview"], ["show", "2"], ["bulletin", "draft"]):
        assert _run(tmp_path, *words, now="2026-09-16T13:00") == 0
    seen = capfd.readouterr().out + "".join(received)
    assert not DANGEROUS & set(seen)
    assert all(len(message.encode()) <= 4096 for message in received)
    assert sum(message.count("](http://a.test/") for message in received) == len(rows)
    assert not any(
        "](http://evil" in message or "<script" in message or "<font color='w" in message
        for message in received
    )
    html = tmp_path / "issue.html"
    assert _run(tmp_path, "bulletin", "export", "2026-0901", "--format", "html", "-o", str(html)) == 0
    assert "<script>alert" not in html.read_text("utf-8")


def _run(folder: Path, *arguments: str, now: str = NOW) -> int:
    return run(["--config", str(folder / "sources.yaml"), "--now", now, *arguments])
