"""What a site answers, and what that answer shows: every family's list, notice, file, absence. Pure."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from monitor.demo.exchange import Answer, Ask, html, json_answer, not_found, tag, unless_known, zipped
from monitor.demo.noise import Noise
from monitor.demo.rows import Row
from monitor.demo.sim import words
from monitor.demo.sim.acts import STRANGE, Act
from monitor.demo.sim.json_pages import JSON_LISTS, detail, json_notice
from monitor.demo.sim.served import Shown, What
from monitor.demo.sim.site import SHRUNK_TO, Site, Standing, redated
from monitor.demo.sites.pages import render

_FURTHER = re.compile(r"/index_(\d+)\.html$")
_PIECE = re.compile(r"/index_\d+_(\d+)\.html$")
_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PROXY = "/module/web/jpage/dataproxy.jsp"
_PAGE_NO = re.compile(r'"pageNo":(\d+)')
PLAIN_LISTS = ("beijing", "mee", "most", "tianjin", "nfcms", "generic", "fujian")
PLAIN_PAGES = (*PLAIN_LISTS, "jcms", "jpaas", "ucap", "easysite", "igs", "ncontent")
DELETED = (
    "<html><head><title>提示</title></head><body><p>对不起，您访问的页面不存在或已被删除。</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer, and what it shows to whoever can read it; None for what is no content."""

    answer: Answer
    shown: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page of a list as it is to be drawn: `page` of `pages`, `total` rows in all."""

    rows: Sequence[Row]
    page: int
    pages: int
    total: int


def look(site: Site, ask: Ask, *, at: datetime, noise: Noise) -> Seen:
    """What the site answers when its wire is sound."""
    number = _page_asked(site, ask)
    if number is not None:
        return _list(site, ask, number, at=at, noise=noise)
    if site.column.family in ("jpaas", "gkmlpt") and ask.path == site.column.path:
        return Seen(html(render(f"{site.column.shape}/list.html", column=site.column, noise=noise)))
    if ask.path.endswith(".docx"):
        return _file(site, ask)
    return _page(site, ask, at=at, noise=noise)


def _page_asked(site: Site, ask: Ask) -> int | None:
    """Which page of the list is asked for, from 1; None when it is none."""
    column, path = site.column, ask.path
    match site.shape.name:
        case "jcms" if path == _PROXY:
            return int(ask.query.get("page", "1"))
        case "jpaas":
            said = _PAGE_NO.search(ask.query.get("paramJson", ""))
            return (int(said[1]) if said else 1) if path == _UNIT else None
        case "ucap":
            return int(ask.form.get("page", "1")) if path == "/getFileListByCodeId" else None
        case "gkmlpt":
            return int(ask.query.get("page", "1")) if path == "/gkmlpt/api/all/4165" else None
        case "igs":
            return int(ask.query.get("pageNumber", "1")) if path == column.path else None
        case "json":
            return int(ask.query.get("pageNo", "1")) if path == column.path else None
        case "ncontent" if said := _PIECE.search(path):
            return -int(said[1])
        case "easysite" if path.endswith(".html") and "/8743fba2-" in path:
            return int(path.removesuffix(".html").rpartition("-")[2])
        case "selectors" if path == column.path:
            return int(ask.query.get("p", "1"))
        case "beijing" | "mee" | "most" | "tianjin" if said := _FURTHER.search(path):
            return int(said[1]) + 1
        case "nfcms" | "generic" if said := _FURTHER.search(path):
            return int(said[1])
    return 1 if path == column.path else None


def _list(site: Site, ask: Ask, number: int, *, at: datetime, noise: Noise) -> Seen:
    suffers = site.suffers(at)
    standing = _in_order(site, at, noise)
    if Act.EMPTY in suffers:
        standing = []
    if Act.SHRINK in suffers:
        standing = standing[:SHRUNK_TO]
    size = site.shape.size
    pages = max(1, math.ceil(len(standing) / size))
    page = pages + number + 1 if number < 0 else number
    here = standing[(page - 1) * size : page * size]
    rows = _as_shown([each.row for each in here], suffers, site)
    leaf = Leaf(rows=rows, page=page, pages=pages, total=len(standing))
    answer = _draw_list(site, leaf, suffers, noise)
    if site.column.etag:
        meaning = (*(f"{row.path}{row.title}{row.on}" for row in rows), *sorted(suffers))
        answer = unless_known(ask, tag(meaning), answer)
    if not here:
        return Seen(answer)
    if suffers & set(STRANGE):
        return Seen(answer, Shown(what=What.STRANGE))
    numbers = tuple(each.number for each in here)
    return Seen(answer, Shown(what=What.ROWS, rows=numbers, is_first=page == 1))


def _in_order(site: Site, at: datetime, noise: Noise) -> list[Standing]:
    """The rows as this visitor sees them: pinned ones first, in an order of his own."""
    shown = site.listed(at)
    pinned = noise.shuffled([each for each in shown if each.row.pinned])
    return [*pinned, *(each for each in shown if not each.row.pinned)]


def _as_shown(rows: list[Row], suffers: set[Act], site: Site) -> list[Row]:
    if Act.REDATE in suffers:
        rows = redated(rows)
    if Act.SWAP in suffers:
        return [
            replace(row, title=f"《{row.title}》政策解读之{n}", path=_beside(row))
            for n, row in enumerate(rows)
        ]
    if Act.GARBLE in suffers:
        return [replace(row, title=f"第{row.id}号（查看详情）") for row in rows]
    if Act.MESS in suffers:
        return [replace(row, title=row.title.encode("gb18030").decode("latin-1")) for row in rows]
    return rows


def _beside(row: Row) -> str:
    """An address of the same pattern that is nobody's."""
    return row.path.replace(row.id, f"9{row.id}") if row.id in row.path else f"/zcjd{row.path}"


def _draw_list(site: Site, leaf: Leaf, suffers: set[Act], noise: Noise) -> Answer:
    column = site.column
    values = {"column": column, "rows": leaf.rows, "noise": noise, "page": leaf.page, "pages": leaf.pages}
    if column.family in JSON_LISTS:
        return json_answer(JSON_LISTS[column.family](column, leaf.rows, leaf.page, leaf.pages, leaf.total))
    if column.shape == "jpaas":
        fragment = render("jpaas/unit.html", **values, size=site.shape.size, total=leaf.total)
        return json_answer(
            {"success": True, "code": "200", "message": "操作成功", "data": {"html": fragment}}
        )
    if column.shape == "jcms" and leaf.page > 1:
        xml = render("jcms/datastore.html", **values)
        return Answer(200, xml.encode(), (("Content-Type", "text/xml;charset=UTF-8"),))
    if column.shape == "ncontent" and leaf.page > 1:
        return html(render("ncontent/piece.html", **values))
    template = "plain" if Act.LOOK in suffers and column.shape in PLAIN_LISTS else column.shape
    page = html(render(f"{template}/list.html", **values, total=leaf.total))
    return zipped(page) if column.gzip else page


def _file(site: Site, ask: Ask) -> Seen:
    name = ask.path.rpartition("/")[2]
    for standing in site.notices:
        if any(file.file == name for file in standing.row.text.attachments):
            shown = Shown(what=What.FILE, notice=standing.number, state=f"{standing.file}")
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            return Seen(Answer(200, docx(name, standing.file), (("Content-Type", kind),)), shown)
    return Seen(not_found())


def _page(site: Site, ask: Ask, *, at: datetime, noise: Noise) -> Seen:
    suffers = site.suffers(at)
    path = ask.path
    if site.shape.name == "json":
        path = _people_path(site, ask)
    standing = site.by_path.get(path)
    if standing is None or standing.born > at:
        return _elsewhere(site, path)
    if Act.LOST in suffers:
        return Seen(not_found(), Shown(what=What.GONE, notice=standing.number, is_own=False))
    if standing.gone:
        return Seen(_gone(standing.gone), Shown(what=What.GONE, notice=standing.number))
    row = standing.row
    state = state_of(row)
    shown = Shown(
        what=What.PAGE,
        notice=standing.number,
        state=state,
        said=(row.title, *row.text.body),
        dress=Act.TEMPLATE if Act.TEMPLATE in suffers else "",
        place=site.moves,
        due=words.due_on(row.text),
    )
    answer = _draw_page(site, row, suffers, noise)
    if site.column.etag:
        answer = unless_known(ask, tag((state, *sorted(suffers))), answer)
    return Seen(answer, shown)


def state_of(row: Row) -> str:
    """What a page says, as one string."""
    return f"{row.title}\n{row.text!r}"


def _people_path(site: Site, ask: Ask) -> str:
    """Where people see what a JSON site is asked for by number."""
    tail = f"/cn/view/item.html?docId={ask.query.get('docId', '')}"
    paths = [tail, *(f"/m{move}{tail}" for move in range(1, site.moves + 1))]
    return next((path for path in paths if path in site.by_path or path in site.old_paths), tail)


def _elsewhere(site: Site, path: str) -> Seen:
    """An address of before a move, or of nothing at all."""
    standing = site.old_paths.get(path)
    if standing is None:
        return Seen(not_found())
    if site.leads_on and site.shape.name != "json":
        home = f"http://{site.column.host}{standing.row.path}"
        return Seen(Answer(301, b"", (("Location", home),)))
    return Seen(not_found(), Shown(what=What.GONE, notice=standing.number, is_own=False))


def _gone(status: int) -> Answer:
    return not_found() if status == 404 else html(DELETED, status=status)


def _draw_page(site: Site, row: Row, suffers: set[Act], noise: Noise) -> Answer:
    column = site.column
    if column.family == "json":
        return json_answer(json_notice(row, more=Act.TEMPLATE in suffers))
    text = row.text
    if Act.TEMPLATE in suffers:
        text = replace(text, after=("责任编辑：网站管理员　打印本页　关闭窗口", "分享到：微信　微博"))
    template = "plain" if Act.DRESS in suffers and column.shape in PLAIN_PAGES else column.shape
    values = {"column": column, "row": row, "text": text, "noise": noise}
    if column.shape == "gkmlpt":
        values["detail"] = detail(row, text)
    page = html(render(f"{template}/notice.html", **values))
    return zipped(page) if column.gzip else page


@cache
def docx(name: str, state: int) -> bytes:
    """A form that may be filled in, as Word keeps it; every state is another file."""
    said = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("申报书", f"表 {name} 之 {state}"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{said}</w:body></w:document>'
    kinds = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for inside, text in (("[Content_Types].xml", kinds), ("word/document.xml", document)):
            packed.writestr(zipfile.ZipInfo(inside, (2026, 1, 1, 0, 0, 0)), text)
    return out.getvalue()
