"""A source worked out from a list: through shells, by the better family, or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from monitor.jobs.suggest import Suggestion, suggest_address, suggest_saved
from monitor.model import Level, Page
from monitor.reader import Reader
from tests.fetch.doing import aio
from tests.fetch.site import reply
from tests.jobs.world import Monitor, monitoring

META = (
    "<meta name='SiteName' content='某某省工业和信息化厅'><meta name='ColumnName' content='通知公告'>"
    "<meta name='SiteIDCode' content='3500000049'>"
)


def html(body: str, head: str = META) -> bytes:
    return reply(
        f"<html><head><title>通知公告</title>{head}</head><body>{body}</body></html>".encode(),
        Content_Type="text/html; charset=utf-8",
    )


def cards(count: int, mark: str = "") -> str:
    """Rows of no known system."""
    rows = "".join(
        f"<div class='card'><a href='/show/{number}.html'>关于第{number}件事项的通知</a><i>2026-09-{number:02d}</i></div>"
        for number in range(count, 0, -1)
    )
    return f"<div class='cards'>{rows}</div>{mark}"


async def suggested(monitor: Monitor, path: str) -> Suggestion:
    return await suggest_address(f"{monitor.site.url}{path}", monitor.rooms, [monitor.source])


@aio
async def test_a_site_of_a_known_family(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        rows = "".join(
            f"<li><a href='./202609/t202609{number:02d}_{number}.html'>关于第{number}件事项的通知</a><b>2026-09-{number:02d}</b></li>"
            for number in range(9, 0, -1)
        )
        monitor.site.answers["/gsgg/"] = html(f"<ul>{rows}</ul>")
        found = await suggested(monitor, "/gsgg/")
        source = found.source
        assert (source.id, source.name) == ("127-0-0-1-gsgg", "某某省工业和信息化厅 · 通知公告")
        assert (source.family, source.level, source.region) == ("trs", Level.PROVINCIAL, "福建")
        assert (found.reading.rows, found.reading.dated, found.notes) == (9, 9, ())


@aio
async def test_a_site_of_no_known_family(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.site.answers["/news/"] = html(cards(9))
        found = await suggested(monitor, "/news/")
        assert (found.source.family, found.reading.rows) == ("generic", 9)
        assert found.notes == ("没有认出已知的建站系统，按 generic（通用）读取，请核对样例的标题和日期",)


@aio
async def test_a_shell_is_followed_to_the_rows_behind_it(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        query = {
            "webId": "a",
            "pageId": "b",
            "parseType": "bulidstatic",
            "pageType": "column",
            "tagId": "内容列表",
            "tplSetId": "c",
        }
        shell = f"""<div class="page"></div><script parseType='bulidstatic' url='/api-gateway/jpaas-publish-server/front/page/build/unit' queryData="{json.dumps(query).replace('"', "'")}"></script>"""
        rows = "".join(
            f"<li><a href='/art/2026/art_{number:032x}.html' title='关于第{number}件事项的通知'>关于</a><span>2026-09-{number:02d}</span></li>"
            for number in range(1, 6)
        )
        answer = {"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>"}}
        monitor.site.answers["/tz/"] = html(shell)

        class Unit(dict[str, object]):
            def get(self, path: str, default: object = None) -> object:
                return (
                    reply(json.dumps(answer).encode())
                    if "/build/unit?" in path
                    else super().get(path, default)
                )

        monitor.site.answers = Unit(monitor.site.answers)
        found = await suggested(monitor, "/tz/")
        assert (found.source.family, found.reading.rows) == ("jpaas", 5)
        assert (
            found.source.name == "某某省工业和信息化厅 · 通知公告"
        )  # from the shell: the answer has no names


@aio
async def test_where_the_family_of_a_page_reads_too_little_the_generic_one_may_read_more(
    tmp_path: Path,
) -> None:
    async with monitoring(tmp_path) as monitor:
        pinned = "<li><a href='/art/2026/9/1/art_1_2.html'>关于置顶事项的通知</a><span>2026-09-01</span></li>"
        store = f"<script type='text/xml'><datastore><recordset><record><![CDATA[{pinned}]]></record></recordset></datastore></script>"
        monitor.site.answers["/col/col75/"] = html(store + cards(9))
        found = await suggested(monitor, "/col/col75/")
        assert (found.source.family, found.reading.rows) == ("generic", 9)
        assert found.notes == ("按 jcms 只读到 1 条（1 条有日期），改用 generic（通用）",)


@aio
async def test_what_cannot_be_fetched_or_read_has_no_rows_and_a_reason(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.site.answers["/wall/"] = reply(b"", status="521 Down")
        monitor.site.answers["/shell/"] = html("<div id='app'></div><p>" + "加载" * 50 + "</p>")
        kinds = {path: (await suggested(monitor, path)).reading for path in ("/wall/", "/shell/", "/none/")}
        assert {path: reading.kind for path, reading in kinds.items()} == {
            "/wall/": "blocked",
            "/shell/": "empty",
            "/none/": "failed",
        }
        assert all(reading.rows == 0 and reading.trouble for reading in kinds.values())


@aio
async def test_the_list_that_is_configured_already_is_said(tmp_path: Path) -> None:
    async with monitoring(tmp_path) as monitor:
        monitor.publish("关于开展统计工作的通知", date(2026, 9, 1), 1)
        found = await suggested(monitor, "/tzgg/")
        assert found.notes[0] == "同一地址已由信息源 site（某部 · 通知）监测"


@aio
async def test_a_saved_page_needs_no_network() -> None:
    body = f"<html><head>{META}</head><body>{cards(5)}</body></html>".encode("gb18030")
    async with Reader() as reader:
        found = await suggest_saved(Page(url="https://gxt.example.gov.cn/tzgg/", body=body), reader, [])
        assert (found.source.id, found.reading.rows) == ("gxt-example-tzgg", 5)
        assert found.source.name == "某某省工业和信息化厅 · 通知公告"
        wall = b"<html><script>document.cookie='__jsl_clearance=1';location.reload()</script></html>"
        walled = await suggest_saved(Page(url="https://a.gov.cn/", body=wall), reader, [])
        assert walled.reading.kind == "blocked"
