"""The list page of each family: the same rows, in the shape that its sites have."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.pairs.text import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `mark` stands before the title as lists do (置顶, 进行中)."""

    number: int
    title: str
    day: date
    mark: str = ""

    @property
    def shown(self) -> str:
        """The title as an anchor shows it: long ones are cut."""
        return self.title if len(self.title) <= 20 else self.title[:18] + "…"


ROWS = (
    Row(number=900, title="示例省工业和信息化厅办事指南（2025年版）", day=date(2025, 1, 14)),
    Row(number=3004, title="关于组织申报2026年度示例技术改造项目的通知", day=date(2026, 9, 10)),
    Row(number=3003, title="关于公布第三批示例企业名单的通知", day=date(2026, 9, 2)),
    Row(number=3002, title="关于示例目录（2026年版）公开征求意见的公告", day=date(2026, 8, 28)),
    Row(number=3001, title="关于做好示例平台评估工作的通知", day=date(2026, 8, 20)),
)
HOST = "https://gxt.example.gov.cn"
URLS = {
    "trs": f"{HOST}/zwgk/tzgg/",
    "jcms": f"{HOST}/col/col75/index.html",
    "jpaas": f"{HOST}/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=b3f2",
    "ucap": f"{HOST}/scjxt/wjfb/common_list.shtml",
    "easysite": f"{HOST}/xxht/xwzx32/tzgg83/index.html",
    "nfcms": f"{HOST}/xxgk/tzgg/index.html",
    "gkmlpt": f"{HOST}/gkmlpt/api/all/4165?page=1&sid=755031",
    "igs": f"{HOST}/igs/front/search/list.html?index=zcwj-index-200424&pageSize=5&pageNumber=1&orderProperty=FBRQ",
    "ncontent": f"{HOST}/n2588035/n2588320/n2588335/index.html",
    "json": f"{HOST}/search-front-server/api/search/info?q=&pg=10&p=1",
    "selectors": f"{HOST}/kjjh_all/",
    "generic": f"{HOST}/gxt/xmsb/",
}
OPTIONS: dict[str, dict[str, object]] = {
    "selectors": {"rows": ".card", "title": ".name", "link": "a.go", "date": ".full"},
    "json": {
        "rows": "data.searchResult.dataResults",
        "title": "groupData.0.data.name",
        "link": f"{HOST}/{{groupData.0.data.adr}}",
        "date": "data.at",
    },
}
# The address of a row, absolute: what each family writes of it is its own matter.
PLACES = {
    "trs": "/zwgk/tzgg/{y}{m:02}/t{y}{m:02}{d:02}_{n}.html",
    "jcms": "/art/{y}/{m}/{d}/art_75_{n}.html",
    "jpaas": "/zwgk/tz/art/{y}/art_{n:032x}.html",
    "ucap": "/scjxt/wjfb/{y}/{m}/{d}/{n:032x}.shtml",
    "easysite": "/xxht/xwzx32/tzgg83/{y}{m:02}{d:02}{n:09}/index.html",
    "nfcms": "/xxgk/tzgg/content/post_{n}.html",
    "gkmlpt": "/gkmlpt/content/12/12764/post_{n}.html",
    "igs": "/ZWGK4147/ZCWJ6355/wjwj/{y}{m:02}/t{y}{m:02}{d:02}_{n}.html",
    "ncontent": "/n2588035/n2588320/n2588335/c{n}/content.html",
    "json": "/zwgk/art/{y}/art_{n}.html",
    "selectors": "/kjjh_all/{y}{m:02}{d:02}/{n}.html",
    "generic": "/sme/xmsb/{y}{m:02}{d:02}{n:09}/index.html",
}


def place(family: str, row: Row) -> str:
    """The path of a row's notice."""
    return PLACES[family].format(y=row.day.year, m=row.day.month, d=row.day.day, n=row.number)


def column(family: str, rows: Sequence[Row], visit: Visit) -> str:
    """A whole list page with these rows."""
    return COLUMNS[family](family, rows, visit)


def _page(inner: str, visit: Visit, metas: str = "") -> str:
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>通知公告_示例省工业和信息化厅</title>
{metas}<meta name="ColumnName" content="通知公告">
<script src="/js/jquery.min.js?v={visit.stamp}"></script>
</head>
<body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/" title="政务公开">政务公开</a></li></ul>
<p>今天是：{visit.today}</p><p>{visit.weather}</p></div>
{inner}
<div class="footer"><ul><li><a href="https://www.gov.cn/">中国政府网</a></li>
<li><a href="http://beian-miit-gov-cnx{visit.build}xx.ipv6best.cn/">备案查询</a></li></ul>
<p>您是第 {visit.hits} 位访客，您的IP：{visit.address}</p></div>
</body>
</html>
"""


def _trs(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<li><a href=".{place(family, row).removeprefix("/zwgk/tzgg")}" title="{row.title}">{row.mark}{row.shown}</a>'
        f'<span class="date">[{row.day}]</span></li>\n'
        for row in rows
    )
    inner = f'<div class="content"><ul class="list">\n{lines}</ul><script>createPageHTML(9, 0, "index", "html");</script></div>'
    return _page(inner, visit, f'<meta name="HtmlGenerateTime" content="{visit.made}">\n')


def _jcms(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<record><![CDATA[\n<li class="clearfix"><a target="_blank" href="{place(family, row)}" title="{row.title}">'
        f"{row.mark}{row.shown}</a><b>{row.day}</b></li>]]></record>"
        for row in rows
    )
    inner = f"""<div class="list"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&columnid=75&unitid=485"></a>]]></nextgroup>
<recordset>{lines}</recordset></datastore></script></div>"""
    return _page(inner, visit, f"<meta name='Maketime' content='{visit.made}_123'>\n")


def _jpaas(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<li class="cf"><a class="fl" href="{place(family, row)}" title="{row.title}"><i></i>{row.mark}{row.shown}</a>'
        f'<span class="fr">{row.day}</span></li>\n'
        for row in rows
    )
    html = f"""<div id="右侧内容"><div class="page-content"><ul>\n{lines}</ul><div class="pagination" rows="5" count="536" pageNo="1"></div></div></div>"""
    answer = {
        "success": True,
        "message": "操作成功",
        "code": "200",
        "time": visit.stamp,
        "data": {"html": html},
    }
    return json.dumps(answer, ensure_ascii=False)


def _ucap(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<li><div class="List-T"><a href="{place(family, row)}" title="{row.title}">{row.mark}{row.shown}</a></div>'
        f'<div class="list-time">{row.day}</div></li>\n'
        for row in rows
    )
    inner = f"""<ul class="list-li">\n{lines}</ul><script>createPageHTML('page_div',10,1,'common_list','shtml',189);</script>"""
    return _page(inner, visit, '<meta name="channelid" content="d5c6">\n')


def _easysite(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<li><a href="{place(family, row)}" target="_blank" title="{row.title}">{row.mark}{row.shown}</a>'
        f"<span>{row.day}</span></li>\n"
        for row in rows
    )
    inner = f"""<div class="portlet" id="8743fba2" pagemoduleid="1ac53a6c9d0e4bb0a9e2"><ul class="clear">
{lines}</ul></div>"""
    return _page(inner, visit, f'<meta name="createDate" content="{visit.made}">\n')


def _nfcms(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<li><h4><i></i><a href="{HOST}{place(family, row)}" title="{row.title}" target="_blank">{row.mark}{row.shown}</a>'
        f'<span class="time">[\n	{row.day} ]</span></h4></li>\n'
        for row in rows
    )
    inner = f'<div class="pageList"><ul class="infoList clearfix">\n{lines}</ul></div>'
    return _page(inner, visit, '<script>window.NFCMS_SITE_ID=755501;window.NFCMS_CAT_ID="4165";</script>\n')


def _gkmlpt(family: str, rows: Sequence[Row], visit: Visit) -> str:
    articles = [
        {
            "id": row.number,
            "title": row.mark + row.title,
            "document_number": "",
            "publisher": "示例厅",
            "display_publish_time": _epoch(row.day),
            "url": f"{HOST}{place(family, row)}",
            "attachment": [],
            "visits": visit.hits,
        }
        for row in rows
    ]
    return json.dumps({"classify": {"id": 4165}, "articles": articles, "total": 215}, ensure_ascii=False)


def _igs(family: str, rows: Sequence[Row], visit: Visit) -> str:
    content = [
        {
            "BT": row.mark + row.title,
            "DOCPUBURL": f"{HOST}{place(family, row)}",
            "FBRQ": f"{row.day}T00:00:00.000+0800",
            "FWZH": "",
            "FWJG_name": "示例厅",
            "highlight": {},
            "score": visit.hits / 7,
        }
        for row in rows
    ]
    page = {"content": content, "total": "40643", "pageSize": 5, "pageNumber": 1, "totalPages": 8129}
    return json.dumps({"__index": "zcwj-index-200424", "took": visit.hits, "page": page}, ensure_ascii=False)


def _ncontent(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f' <li>\n<a href="../../..{place(family, row)}" target="_blank" title="{row.title}">\n{row.mark}{row.shown}</a>'
        f"<span>[{row.day}]</span></li>\n"
        for row in rows
    )
    inner = f'<div class="zsy_conlist"><ul>\n<span id="comp_2603340">\n{lines}</span></ul></div>'
    return _page(inner, visit, '<meta name="publishedtype" content="1" />\n')


def _json(family: str, rows: Sequence[Row], visit: Visit) -> str:
    results = [
        {
            "groupCount": 1,
            "groupData": [
                {
                    "score": visit.hits / 3,
                    "data": {"name": row.mark + row.title, "adr": place(family, row)[1:]},
                }
            ],
            "data": {"_count": "1", "at": str(_epoch(row.day) * 1000)},
        }
        for row in rows
    ]
    found = {"took": visit.hits, "data": {"searchResult": {"total": 21, "dataResults": results}}}
    return json.dumps(found, ensure_ascii=False)


def _selectors(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<div class="card"><b>通知</b><div class="name">{row.mark}{row.title}</div><a class="go" href="{place(family, row)}">查看详情</a>'
        f'<i>阅读 {visit.hits + row.number}</i><div class="full">{row.day}</div></div>\n'
        for row in rows
    )
    return _page(f'<div class="cards">\n{lines}</div>', visit)


def _generic(family: str, rows: Sequence[Row], visit: Visit) -> str:
    lines = "".join(
        f'<div class="item"><a href="{place(family, row)}"><h3>{row.mark}{row.title}</h3><p>阅读 {visit.hits + row.number} 次</p>'
        f"<em>{row.day}</em></a></div>\n"
        for row in rows
    )
    return _page(f'<div class="main"><div class="rows">\n{lines}</div></div>', visit)


def _epoch(day: date) -> int:
    """Midnight in Beijing as seconds."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86400 - 8 * 3600


COLUMNS: dict[str, Callable[[str, Sequence[Row], Visit], str]] = {
    "trs": _trs,
    "jcms": _jcms,
    "jpaas": _jpaas,
    "ucap": _ucap,
    "easysite": _easysite,
    "nfcms": _nfcms,
    "gkmlpt": _gkmlpt,
    "igs": _igs,
    "ncontent": _ncontent,
    "json": _json,
    "selectors": _selectors,
    "generic": _generic,
}
