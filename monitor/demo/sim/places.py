"""The columns that are simulated: every family, each on a host of its own, as many as are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.demo.columns import Column
from monitor.model import Level, Source

_PLACES = (
    *(("河北", "冀"), ("山西", "晋"), ("辽宁", "辽"), ("吉林", "吉"), ("黑龙江", "黑"), ("江苏", "苏")),
    *(("浙江", "浙"), ("安徽", "皖"), ("福建", "闽"), ("江西", "赣"), ("山东", "鲁"), ("河南", "豫")),
    *(("湖北", "鄂"), ("湖南", "湘"), ("广东", "粤"), ("海南", "琼"), ("四川", "川"), ("贵州", "黔")),
    *(("云南", "云"), ("陕西", "陕"), ("甘肃", "甘"), ("青海", "青")),
)
_ORGANS = (
    *(("工业和信息化厅", "工信"), ("科学技术厅", "科"), ("商务厅", "商"), ("生态环境厅", "环")),
    *(
        ("农业农村厅", "农"),
        ("自然资源厅", "自然资"),
        ("交通运输厅", "交"),
        ("水利厅", "水"),
        ("财政厅", "财"),
    ),
    *(("文化和旅游厅", "文旅"), ("教育厅", "教")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one kind of site is laid out. `path` is the list page's, `article` the pattern of a notice's.

    `asked` is what sources.yaml names where that is not the list page; `size` the rows of a page.
    """

    name: str
    family: str
    path: str
    article: str
    asked: str = ""
    size: int = 12
    files: str = "./{file}"
    etag: bool = False
    gzip: bool = False
    options: Mapping[str, object] = field(default_factory=dict)


_TRS = "{on:%Y%m}/t{on:%Y%m%d}_{id}.html"
_FILES = "/attach/{file}"

SHAPES = (
    Shape(name="beijing", family="trs", path="/jxdt/tzgg/", article="/jxdt/tzgg/" + _TRS),
    Shape(
        name="jcms",
        family="jcms",
        path="/col/col75/index.html",
        article="/art/{on.year}/{on.month}/{on.day}/art_75_{id}.html",
        gzip=True,
    ),
    Shape(
        name="jpaas",
        family="jpaas",
        path="/zwgk/zcwj/wjfb/tz/index.html",
        article="/zwgk/zcwj/wjfb/tz/art/{on.year}/art_{hex}.html",
        files=_FILES,
    ),
    Shape(
        name="ucap",
        family="ucap",
        path="/zcfgk/c100006/listflfg.html",
        article="/zcfgk/c102416/c{id}/content.html",
    ),
    Shape(name="mee", family="trs", path="/xxgk/xxgk01/", article="/xxgk/xxgk01/" + _TRS, etag=True),
    Shape(
        name="easysite",
        family="easysite",
        path="/xxht/xwzx32/tzgg83/index.html",
        article="/xxht/xwzx32/tzgg83/{id}/index.html",
    ),
    Shape(
        name="gkmlpt",
        family="gkmlpt",
        path="/gkmlpt/index",
        article="/gkmlpt/content/12/{id}/post_{id}.html",
        asked="/gkmlpt/index#4165",
        size=100,
        files=_FILES,
    ),
    Shape(
        name="most",
        family="trs",
        path="/xxgk/gfxwj/",
        article="/xxgk/gfxwj/gfxwj{on.year}/" + _TRS,
        etag=True,
    ),
    Shape(name="nfcms", family="nfcms", path="/xxgk/tzgg/", article="/xxgk/tzgg/content/post_{id}.html"),
    Shape(
        name="igs",
        family="igs",
        path="/igs/front/search/list.html",
        article="/ZCWJ6355/wjwj/" + _TRS,
        asked="/igs/front/search/list.html?index=zcwj-index-200424&pageSize=12&pageNumber=1",
    ),
    Shape(
        name="ncontent",
        family="ncontent",
        path="/n2588035/n2588320/n2588335/index.html",
        article="/n2588035/n2588320/n2588335/c{id}/content.html",
    ),
    Shape(name="fujian", family="trs", path="/zwgk/gsgg/", article="/zwgk/gsgg/" + _TRS, size=75, etag=True),
    Shape(
        name="json",
        family="json",
        path="/web/solr/open",
        article="/cn/view/item.html?docId={id}",
        asked="/web/solr/open?pageNo=1&pageSize=12&searchType=1",
        files=_FILES,
        options={"request": "/web/DocInfo/SelectByDocId?docId={docId}"},
    ),
    Shape(name="generic", family="generic", path="/gxt/xmsb/", article="/gxt/xmsb/{id}/index.html"),
    Shape(name="tianjin", family="trs", path="/zwgk/wjwj/", article="/zwgk/wjwj/" + _TRS),
    Shape(
        name="selectors",
        family="selectors",
        path="/kjjh_all/",
        article="/kjjh_all/{on:%Y%m%d}/{id}.html",
        options={
            "rows": ".card",
            "title": ".name",
            "link": "a.go",
            "date": ".full",
            "next": "#more",
            "heading": ".bt-main",
            "body": ".nr",
        },
    ),
)
_SHAPES = {shape.name: shape for shape in SHAPES}


def shape(column: Column) -> Shape:
    """How a column's site is laid out."""
    return _SHAPES[column.shape]


def columns(count: int) -> tuple[Column, ...]:
    """So many columns, every shape in turn, no two of the same organ."""
    if count > len(_PLACES) * len(_ORGANS):
        raise ValueError(f"at most {len(_PLACES) * len(_ORGANS)} columns")
    return tuple(_column(number) for number in range(count))


def organ_code(column: Column) -> str:
    """How the document numbers of a column's organ begin: 苏工信发."""
    place, organ = _whose(int(column.code))
    return f"{place[1]}{organ[1]}发"


def source(column: Column) -> Source:
    """The column as sources.yaml would have it."""
    laid = shape(column)
    options = dict(laid.options)
    if laid.family == "ucap":
        options |= {"channel": column.key, "size": laid.size, "host": f"http://{column.host}"}
        options |= {"api": f"http://{column.host}/getFileListByCodeId"}
    return Source(
        id=column.id,
        name=column.name,
        url=f"http://{column.host}{laid.asked or laid.path}",
        family=laid.family,
        level=Level.PROVINCIAL,
        region=column.region,
        options=options,
    )


def _column(number: int) -> Column:
    laid = SHAPES[number % len(SHAPES)]
    place, organ = _whose(number)
    site = f"{place[0]}省{organ[0]}"
    return Column(
        id=f"{laid.name}-{number:03d}",
        name=f"{site} · 通知公告",
        site=site,
        code=f"{number:010d}",
        topic="通知公告",
        host=f"www.s{number:03d}.gov.cn",
        path=laid.path,
        article=laid.article,
        shape=laid.name,
        family=laid.family,
        replaces=(),
        level=Level.PROVINCIAL,
        region=place[0],
        files=laid.files,
        key=f"{number:032x}" if laid.family == "ucap" else f"{4000 + number}",
        etag=laid.etag,
        gzip=laid.gzip,
    )


def _whose(number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return _PLACES[number % len(_PLACES)], _ORGANS[number // len(_PLACES)]
