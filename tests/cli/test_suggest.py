"""A new source as a new user adds it: docs/adding-a-source.md followed word by word, without Python."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.settings import find_places, load
from tests.cli.conftest import Answer, Site

Command = Callable[..., Answer]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "adding-a-source.md"
OLD = ("关于开展年度统计工作的通知", "2026-09-01", 1)
OLDER = ("关于印发管理办法的通知", "2026-08-20", 2)
OLDEST = ("关于报送年度总结的通知", "2026-08-01", 3)
NEW = ("关于组织申报绿色工厂的通知", "2026-09-15", 4)


def unknown(site: Site, *rows: tuple[str, str, int]) -> None:
    """A site that nobody knows shows these rows, as cards."""
    site.server.clear()
    site.server.expect_request("/robots.txt").respond_with_data("", status=404)
    cards = "".join(
        f"<div class='card'><i class='d'>{on}</i><a href='/show.do?id={number}'>{title}</a></div>"
        for title, on, number in rows
    )
    _answer(
        site,
        "/gsgg/",
        f"<html><title>公示公告</title><body><div class='cards'>{cards}</div></body></html>",
        None,
    )
    for title, on, number in rows:
        body = f"<html><title>{title}</title><body><div class='head'><h2>{title}</h2><b>发布日期：{on}</b></div><div class='txt'><p>各有关单位：</p><p>现将有关事项通知如下，请认真做好相关工作，按时报送材料，逾期不予受理。</p><p>附件请在本网站下载专区自行下载，打印后加盖单位公章一式两份寄送。</p></div></body></html>"
        _answer(site, "/show.do", body, f"id={number}")


def _answer(site: Site, path: str, html: str, query: str | None) -> None:
    asked = (
        site.server.expect_request(path, query_string=query) if query else site.server.expect_request(path)
    )
    asked.respond_with_data(html, content_type="text/html; charset=utf-8")


def known(site: Site, *rows: tuple[str, str, int]) -> None:
    """A site of the TRS shape shows these rows."""
    site.shows(*rows, path="/gsgg/")


def steps() -> list[list[str]]:
    """The commands of the section for new users, as printed."""
    section = DOCS.read_text("utf-8").partition("## As a new user")[2].partition("\n## ")[0]
    return [
        shlex.split(line, comments=True)[1:]
        for line in section.splitlines()
        if line.startswith("    kuaixun ")
    ]


@pytest.mark.parametrize(("shows", "family"), [(known, "trs"), (unknown, "generic")])
def test_the_docs_followed_word_by_word_lead_to_a_source_that_tells(
    kuaixun: Command, site: Site, folder: Path, shows: Callable[..., None], family: str
) -> None:
    shows(site, OLD, OLDER, OLDEST)
    address = f"http://{site.server.host}:{site.server.port}/gsgg/"
    before = (folder / "sources.yaml").read_text("utf-8")
    answers = [
        kuaixun(
            *(
                word.replace("https://www.example.gov.cn/tzgg/", address).replace(
                    "example-tzgg", "localhost-gsgg"
                )
                for word in step
            )
        )
        for step in steps()
    ]
    assert [(answer.code, answer.err) for answer in answers] == [(0, "")] * 4
    assert all(OLD[0] in answer.out for answer in answers[:3])
    assert "已写入 sources.yaml" in answers[1].out
    assert "正文" in answers[2].out
    after = (folder / "sources.yaml").read_text("utf-8")
    added = load(find_places({}, config=folder / "sources.yaml", storage=None, database=None)).sources[-1]
    assert (added.id, added.family, added.url, added.enabled) == ("localhost-gsgg", family, address, True)
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert kuaixun("changes", "--json").data["changes"] == []
    shows(site, NEW, OLD, OLDER, OLDEST)
    (change,) = kuaixun("check", "localhost-gsgg", "--json", now="2026-09-16T12:00").data["changes"]
    assert (change["kind"], change["source"], change["section"]) == ("new", "localhost-gsgg", "绿色制造")
    assert change["notice"]["title"] == NEW[0]  # type: ignore[index]
    assert NEW[0] in kuaixun("digest", "preview").out


def test_a_saved_page_needs_its_address_and_no_network(kuaixun: Command, folder: Path) -> None:
    page = folder / "page.html"
    rows = "".join(
        f"<li><a href='./202609/t2026090{n}_{n}.html'>关于第{n}件事项的通知</a>2026-09-0{n}</li>"
        for n in range(5, 0, -1)
    )
    meta = (
        "<meta name='SiteName' content='某某市工业和信息化局'><meta name='SiteIDCode' content='4403000018'>"
    )
    page.write_bytes(f"<html><title>通知公告</title>{meta}<ul>{rows}</ul></html>".encode("gb18030"))
    assert kuaixun("sources", "suggest", str(page)).code == 2
    assert kuaixun("sources", "suggest", str(page), "--url", "ftp://a.gov.cn/").code == 2
    answer = kuaixun("sources", "suggest", str(page), "--url", "https://gxj.example.gov.cn/tzgg/", "--json")
    assert answer.code == 0
    said: dict[str, object] = answer.data  # type: ignore[assignment]
    assert said["source"] == {
        "id": "gxj-example-tzgg",
        "name": "某某市工业和信息化局 · 通知公告",
        "url": "https://gxj.example.gov.cn/tzgg/",
        "family": "trs",
        "level": "municipal",
        "region": "某某",
    }
    assert len(answer.data["items"]) == 5
    assert "由 sources suggest 生成：读到 5 条，最新 2026-09-05" in str(said["block"])
    assert (said["written"], said["error"], said["refusal"]) == (False, None, None)


def test_an_id_that_is_taken_gets_a_number(kuaixun: Command, site: Site, folder: Path) -> None:
    for path in ("/a/gsgg/", "/b/gsgg/"):
        site.shows(OLD, OLDER, OLDEST, path=path)
        assert kuaixun("sources", "suggest", site.server.url_for(path), "--write").code == 0
    ids = re.findall(r"- \{?id: ([a-z0-9-]+)", (folder / "sources.yaml").read_text("utf-8"))
    assert ids == ["site", "gone", "localhost-gsgg", "localhost-gsgg-2"]


def test_a_list_without_rows_is_not_written_unless_forced(kuaixun: Command, site: Site, folder: Path) -> None:
    site.server.expect_request("/robots.txt").respond_with_data("", status=404)
    _answer(
        site,
        "/gsgg/",
        "<html><body><div id='app'></div><ul></ul><p>正在加载，请稍候，请确认浏览器支持脚本</p></body></html>",
        None,
    )
    before = (folder / "sources.yaml").read_bytes()
    address = site.server.url_for("/gsgg/")
    looked = kuaixun("sources", "suggest", address, "--json")
    assert (looked.code, looked.data["error"]["kind"]) == (3, "empty")  # type: ignore[call-overload]
    refused = kuaixun("sources", "suggest", address, "--write")
    assert (refused.code, "一条也没有读到，没有写入" in refused.out) == (3, True)
    assert (folder / "sources.yaml").read_bytes() == before
    forced = kuaixun("sources", "suggest", address, "--write", "--force")
    assert (forced.code, "已写入" in forced.out) == (3, True)
    listed = kuaixun("sources", "list", "--json").data["sources"]
    assert (listed[-1]["id"], listed[-1]["enabled"], listed[-1]["family"]) == ("localhost-gsgg", True, None)


def test_a_list_that_is_watched_already_is_not_written_twice_unless_forced(
    kuaixun: Command, site: Site
) -> None:
    site.shows(OLD, OLDER, OLDEST)
    address = site.server.url_for("/tzgg/")
    refused = kuaixun("sources", "suggest", address, "--write")
    assert (refused.code, "已由信息源 site 监测，没有写入" in refused.out) == (3, True)
    assert kuaixun("sources", "suggest", address, "--write", "--force").code == 0


def test_a_page_that_cannot_be_fetched_is_a_sentence(kuaixun: Command, site: Site) -> None:
    for path in ("/robots.txt", "/nothing/"):
        site.server.expect_request(path).respond_with_data("", status=404)
    answer = kuaixun("sources", "suggest", site.server.url_for("/nothing/"))
    assert answer.code == 3
    assert "未能读取列表：HTTP 404" in answer.out


def test_a_target_that_is_neither_address_nor_file_is_wrong_usage(kuaixun: Command) -> None:
    assert kuaixun("sources", "suggest", "nowhere.html", "--url", "https://a.gov.cn/").code == 2
    assert kuaixun("sources", "suggest", "https://").code == 2
