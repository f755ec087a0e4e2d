"""A source worked out from a page: its names, its place in the state, the best reading of its rows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.regions import PROVINCES, where
from monitor.decide.suggest import About, Reading, about, already, best, free, id_of, notes, propose
from monitor.model import Level, Listing, ListingItem, Source

URL = "https://www.most.gov.cn/tztg/"
DAY = date(2026, 9, 1)
MOST = Source(id="most-tongzhi", name="科学技术部 · 通知", url="http://www.most.gov.cn/tztg/?t=1568000000000", family="trs", level=Level.NATIONAL, region="全国")  # fmt: skip


def reading(family: str, *dates: date | None) -> Reading:
    """As many rows as dates."""
    rows = tuple(
        ListingItem(url=f"{URL}{number}", title="通知", published_on=day) for number, day in enumerate(dates)
    )
    return Reading(family=family, listing=Listing(items=rows))


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://www.most.gov.cn/tztg/", "most-tztg"),
        ("https://www.most.gov.cn/tztg/index.html", "most-tztg"),
        ("http://gxt.hebei.gov.cn/hbgyhxxht/xwzx32/tzgg83/index.html", "gxt-hebei-tzgg83"),
        ("https://www.cnipa.gov.cn/col/col75/index_2.html", "cnipa-col75"),
        ("https://fgk.chinatax.gov.cn/zcfgk/c100006/listflfg.html", "fgk-chinatax-listflfg"),
        ("http://127.0.0.1:8001/ZWGK/", "127-0-0-1-zwgk"),
        ("https://www.example.cn/", "example"),
        ("https://www.gov.cn/", "source"),
        (f"https://a.gov.cn/{'x' * 90}/", "a-" + "x" * 58),
        ("https://a.gov.cn/通知公告/", "a"),
    ],
)
def test_an_id_is_the_host_and_the_last_part_of_the_path(url: str, id_: str) -> None:
    assert id_of(url) == id_


@given(st.text(st.characters(exclude_characters="[]/?#@:\\"), max_size=40), st.text(max_size=80))
def test_every_id_may_stand_in_the_file(host: str, path: str) -> None:
    found = id_of(f"https://{host}/{path}")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", found)


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert free("a", {"b"}) == "a"
    assert free("a", {"a", "a-2"}) == "a-3"
    assert len(free("x" * 60, {"x" * 60})) <= 60


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            "<META content='科学技术部' NAME='SiteName'><meta name=\"ColumnName\" content=\"通知 通告\">"
            "<meta name='SiteIDCode' content=' bm06000001 '><title>通知通告 - 科学技术部</title>",
            About(site="科学技术部", column="通知 通告", code="bm06000001", title="通知通告"),
        ),
        ("<meta name='SiteName' content='中华人民共和国科学技术部门户网站'>", About(site="科学技术部")),
        ("<meta name='SiteName' content='某某市政府网站'>", About(site="某某市")),
        ("<title>\n 公示公告_某厅 </title>", About(title="公示公告")),
        ("<title>&#x901a;&#x77e5;</title><meta name='SiteName' content='A&amp;B'>", About(site="A&B", title="通知")),
        ("", About()),
        ("<meta name='SiteName'", About()),
    ],
)  # fmt: skip
def test_a_page_says_what_it_is_called(markup: str, said: About) -> None:
    assert about(markup) == said


def test_what_a_page_says_can_never_stand_for_a_secret_of_ours() -> None:
    page = about(
        "<meta name='SiteName' content='$${KUAIXUN_SECRET}\n\u202e部'><meta name='ColumnName' content='${A}'>"
    )
    source, _ = propose("https://a.gov.cn/$${B}/", page, reading("trs", DAY), taken=())
    assert "${" not in source.name + source.url + source.id
    assert source.name.isprintable()


@pytest.mark.parametrize(
    ("code", "site", "url", "level", "region", "sure"),
    [
        ("bm06000001", "科学技术部", URL, Level.NATIONAL, "全国", True),
        ("BM20000001", "", "https://x.example.com/", Level.NATIONAL, "全国", True),
        ("3500000049", "福建省工业和信息化厅", URL, Level.PROVINCIAL, "福建", True),
        ("1100000088", "北京市经济和信息化局", URL, Level.PROVINCIAL, "北京", True),
        ("4403000018", "深圳市科技创新局", URL, Level.MUNICIPAL, "深圳", True),
        ("4401000042", "广东省广州市人力资源和社会保障局", URL, Level.MUNICIPAL, "广州", True),
        ("1101050001", "北京市朝阳区人民政府", URL, Level.MUNICIPAL, "北京", True),
        ("3501280001", "平潭综合实验区", URL, Level.MUNICIPAL, "福建", True),
        ("", "", "https://gxt.fujian.gov.cn/gsgg/", Level.PROVINCIAL, "福建", True),
        ("", "", "https://gyxxh.tj.gov.cn/", Level.PROVINCIAL, "天津", True),
        ("", "", "http://stic.sz.gov.cn/xxgk/tzgg/", Level.MUNICIPAL, "深圳", True),
        ("99", "", "https://www.zj.gov.cn/", Level.PROVINCIAL, "浙江", True),
        ("9900000001", "", URL, Level.NATIONAL, "全国", False),
        ("", "", "https://shanghai.example.com/", Level.NATIONAL, "全国", False),
    ],
)
def test_whose_site_it_is(code: str, site: str, url: str, level: Level, region: str, sure: bool) -> None:
    found = where(code, site=site, url=url)
    assert (found.level, found.region, found.sure) == (level, region, sure)


def test_every_province_is_known() -> None:
    assert len(PROVINCES) == len(set(PROVINCES.values())) == 31


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (About(site="科学技术部", column="通知通告", title="x"), "科学技术部 · 通知通告"),
        (About(site="科学技术部", title="通知"), "科学技术部 · 通知"),
        (About(title="通知"), "www.most.gov.cn · 通知"),
        (About(site="科学技术部", column="科学技术部"), "科学技术部"),
        (About(), "www.most.gov.cn"),
    ],
)
def test_a_source_is_called_by_its_site_and_its_column(page: About, name: str) -> None:
    source, _ = propose(URL, page, reading("trs", DAY), taken=("most-tztg",))
    assert (source.name, source.id, source.family) == (name, "most-tztg-2", "trs")


def test_a_family_that_read_nothing_is_named_only_if_it_knew_the_page() -> None:
    families = {
        name: propose(URL, About(), reading(name), taken=())[0].family for name in ("trs", "generic", "")
    }
    assert families == {"trs": "trs", "generic": None, "": None}


@pytest.mark.parametrize(
    ("dates", "poor"),
    [((), True), ((DAY, DAY), True), ((DAY, DAY, DAY), False), ((DAY, None, None), True), ((DAY, DAY, None), False)],
)  # fmt: skip
def test_few_rows_or_few_dates_are_a_poor_reading(dates: tuple[date | None, ...], poor: bool) -> None:
    assert reading("trs", *dates).is_poor is poor


def test_the_best_reading_has_most_dates_and_then_most_rows() -> None:
    few, many, bare = (
        reading("trs", DAY),
        reading("generic", DAY, DAY, DAY),
        reading("x", None, None, None, None),
    )
    assert best([few, many, bare]) is many
    assert best([reading("trs"), bare]) is bare
    tie = reading("trs", DAY, DAY, DAY)
    assert best([tie, many]) is tie


def test_notes_say_what_to_look_at() -> None:
    trs, generic = reading("trs", DAY), reading("generic", DAY, DAY, None)
    assert notes(trs, [trs], sure=True, known=None) == ()
    assert notes(generic, [trs, generic], sure=False, known=MOST) == (
        "同一地址已由信息源 most-tongzhi（科学技术部 · 通知）监测",
        "按 trs 只读到 1 条（1 条有日期），改用 generic（通用）",
        "3 条中有 1 条没有日期",
        "页面没有说明网站的级别和地区，请核对 level 与 region",
    )
    assert notes(generic, [generic], sure=True, known=None)[0].startswith("没有认出已知的建站系统")
    assert notes(reading("generic"), [reading("generic")], sure=True, known=None) == ()


def test_the_same_list_is_the_same_however_it_is_written() -> None:
    assert already(URL, [MOST]) is MOST
    assert already("https://www.most.gov.cn/other/", [MOST]) is None
