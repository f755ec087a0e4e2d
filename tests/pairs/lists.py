"""Lists: rows that readers must hear of, and what differs on a list page though its rows are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tests.pairs.columns import ROWS, Row
from tests.pairs.pair import HTML_LISTS, listed, printed, swap
from tests.pairs.text import FIRST, LATER

Rows = Sequence[Row]
WITH_TITLE_TEXT = ("gkmlpt", "igs", "json", "selectors", "generic")


@listed("come")
def truepos_row_added(rows: Rows) -> Rows:
    return (rows[0], Row(number=3005, title="关于延长申报时间的补充通知", day=date(2026, 9, 16)), *rows[1:])


@listed("come")
def truepos_row_added_with_the_title_of_another(rows: Rows) -> Rows:
    return (rows[0], replace(rows[2], number=3006, day=date(2026, 9, 17)), *rows[1:])


@listed("come")
def truepos_two_rows_added_and_two_rolled_off(rows: Rows) -> Rows:
    added = tuple(
        Row(number=3010 + nth, title=f"关于示例事项的第{nth}号公告", day=date(2026, 9, 17)) for nth in (1, 2)
    )
    return (rows[0], *added, *rows[1:-2])


@listed("said")
def truepos_title_corrected_in_list(rows: Rows) -> Rows:
    return (*rows[:2], replace(rows[2], title="关于公布第四批示例企业名单的通知"), *rows[3:])


@listed("said")
def truepos_word_added_at_the_end_of_a_long_title(rows: Rows) -> Rows:
    return (rows[0], replace(rows[1], title=rows[1].title + "（第二轮）"), *rows[2:])


@listed("gone")
def truepos_row_taken_off(rows: Rows) -> Rows:
    return (*rows[:2], *rows[3:])


@listed()
def falsepos_list_at_another_visit(rows: Rows) -> Rows:
    return rows


@listed()
def falsepos_pinned_reordered(rows: Rows) -> Rows:
    return (rows[3], rows[0], *rows[1:3], rows[4])


@listed()
def falsepos_row_pinned(rows: Rows) -> Rows:
    return (replace(rows[1], mark="[置顶]"), rows[0], *rows[2:])


@listed()
def falsepos_row_marked_as_new(rows: Rows) -> Rows:
    return (rows[0], replace(rows[1], mark="【NEW】"), *rows[2:])


RUNNING = (ROWS[0], *(replace(row, mark="（进行中）") for row in ROWS[1:]))


@listed(first=RUNNING)
def falsepos_status_word_flips_in_list(rows: Rows) -> Rows:
    return (*rows[:3], *(replace(row, mark="（已结束）") for row in rows[3:]))


@listed(first=RUNNING)
def falsepos_status_words_taken_off(rows: Rows) -> Rows:
    return tuple(replace(row, mark="") for row in rows)


ASKING = (ROWS[0], *(replace(row, mark="[征集中]") for row in ROWS[1:]))


@listed(first=ASKING)
def falsepos_status_words_of_consultations(rows: Rows) -> Rows:
    return (*rows[:3], *(replace(row, mark="[已截止]") for row in rows[3:]))


@listed(families=WITH_TITLE_TEXT, first=tuple(replace(row, title=row.title + "（公示中）") for row in ROWS))
def falsepos_status_words_behind_titles(rows: Rows) -> Rows:
    return tuple(replace(row, title=row.title.replace("公示中", "公示结束")) for row in rows)


@listed("said", families=WITH_TITLE_TEXT)
def truepos_title_says_that_it_is_void(rows: Rows) -> Rows:
    return (*rows[:2], replace(rows[2], title=f"（已废止）{rows[2].title}"), *rows[3:])


@listed("said", families=WITH_TITLE_TEXT)
def truepos_title_says_that_it_was_corrected(rows: Rows) -> Rows:
    return (*rows[:2], replace(rows[2], title=f"【更正】{rows[2].title}"), *rows[3:])


@listed(families=WITH_TITLE_TEXT)
def falsepos_full_half_width_in_list(rows: Rows) -> Rows:
    return tuple(replace(row, title=row.title.replace("（", "(").replace("）", ")")) for row in rows)


@listed()
def falsepos_blanks_in_titles(rows: Rows) -> Rows:
    return tuple(replace(row, title=row.title.replace("2026年", " 2026 年　")) for row in rows)


@listed()
def falsepos_row_pinned_twice(rows: Rows) -> Rows:
    return (replace(rows[2], mark="[置顶]"), *rows)


@printed("trs", "easysite", "ucap", "jcms", "ncontent", "selectors", "generic")
def falsepos_rows_with_absolute_links(page: str) -> str:
    page = page.replace('href="./2026', 'href="https://gxt.example.gov.cn/zwgk/tzgg/2026')
    page = page.replace('href="./2025', 'href="https://gxt.example.gov.cn/zwgk/tzgg/2025')
    return page.replace('href="../../../n2', 'href="/n2').replace(
        'href="/', 'href="https://gxt.example.gov.cn/'
    )


@printed("nfcms", "gkmlpt", "igs")
def falsepos_http_https(page: str) -> str:
    return swap(page, "https://gxt.example.gov.cn", "http://gxt.example.gov.cn")


@printed("nfcms", "gkmlpt", "igs")
def falsepos_host_alias_in_list(page: str) -> str:
    return swap(page, "https://gxt.example.gov.cn", "https://www.gxt.example.gov.cn")


@printed("nfcms", "gkmlpt", "igs")
def falsepos_rows_through_a_gateway(page: str) -> str:
    return swap(page, "https://gxt.example.gov.cn", "http://gxt-example-gov-cnx45c8967053868xx.ipv6best.cn")


@printed("nfcms", "gkmlpt", "igs")
def falsepos_rows_without_a_scheme(page: str) -> str:
    return swap(page, "https://gxt.example.gov.cn", "//gxt.example.gov.cn")


@printed("trs", "nfcms", "easysite", "generic", "selectors")
def falsepos_rows_with_stamps(page: str) -> str:
    return page.replace('.html"', f'.html?t={LATER.stamp}"')


@printed("jcms", "ucap", "nfcms")
def falsepos_rows_with_session_ids(page: str) -> str:
    return page.replace('html"', 'html;jsessionid=9A1F"')


@printed(*HTML_LISTS)
def falsepos_header_of_a_list(page: str) -> str:
    return swap(swap(page, FIRST.today, LATER.today), FIRST.weather, LATER.weather)


@printed("trs", "jcms", "ucap", "easysite", "nfcms", "ncontent", "jpaas")
def falsepos_titles_cut_elsewhere(page: str) -> str:
    return swap(page, "…", "...")


@printed("trs", "jcms", "ucap", "easysite", "nfcms")
def falsepos_titles_cut_shorter(page: str) -> str:
    return swap(page, "示例技术改造…", "示例技…")


@printed("trs", "ucap", "easysite", "nfcms", "jcms")
def falsepos_icon_behind_a_new_row(page: str) -> str:
    return swap(page, "2026-09-10", '2026-09-10<img src="/images/new.gif" alt="NEW">')


@printed("trs", "ncontent", "nfcms", "easysite")
def falsepos_days_written_with_dots(page: str) -> str:
    return swap(page, "2026-09-10", "2026.09.10")


@printed("gkmlpt", "igs", "json", "jpaas")
def falsepos_totals_of_a_list(page: str) -> str:
    return (
        page.replace("215", "216")
        .replace("40643", "40651")
        .replace('"total": 21,', '"total": 22,')
        .replace("536", "537")
    )


@printed("igs", "json")
def falsepos_words_of_a_search_marked(page: str) -> str:
    return swap(page, "关于做好示例平台", "关于做好<em>示例</em>平台")


@printed("trs", "jcms", "ucap", "nfcms", "generic", "selectors")
def falsepos_list_in_another_charset(page: str) -> bytes:
    return swap(page, '<meta charset="utf-8">', '<meta charset="gb2312">').encode("gb18030")
