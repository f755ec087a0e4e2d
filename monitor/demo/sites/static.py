"""Lists, notices and attachments as the static pages of a site, from the templates of its shape."""

from __future__ import annotations

from monitor.demo import MARK
from monitor.demo.columns import Column
from monitor.demo.exchange import Answer, Ask, html, not_found, tag, unless_known, zipped
from monitor.demo.rows import Row, Text
from monitor.demo.sites.pages import render
from monitor.demo.world import Scene

_FILES = (".doc", ".docx", ".xls", ".xlsx", ".pdf")


def answer(scene: Scene, ask: Ask, *, columns: tuple[Column, ...]) -> Answer:
    """The page at that path of a host with these columns."""
    if columns and ask.path.endswith(_FILES):
        return Answer(200, MARK.encode(), (("Content-Type", "application/octet-stream"),))
    for column in columns:
        if _is_list(column, ask.path):
            return _as_served(column, ask, _list(scene, column), _list_meaning(scene, column))
        if row := scene.row_at(column.id, ask.path):
            text = scene.text(row)
            return _as_served(column, ask, _notice(scene, column, row, text), (row.title, repr(text)))
    return not_found()


def _is_list(column: Column, path: str) -> bool:
    return path.removesuffix("index.html") == column.path.removesuffix("index.html")


def _as_served(column: Column, ask: Ask, page: Answer, meaning: tuple[str, ...]) -> Answer:
    """The page as this site's server gives it: with an ETag, gzipped unasked, or plain."""
    if column.gzip:
        page = zipped(page)
    return unless_known(ask, tag(meaning), page) if column.etag else page


def _list(scene: Scene, column: Column) -> Answer:
    rows = scene.listed(column.id)
    return html(render(f"{column.shape}/list.html", column=column, rows=rows, noise=scene.noise))


def _list_meaning(scene: Scene, column: Column) -> tuple[str, ...]:
    return tuple(row.path for row in scene.listed(column.id))


def _notice(scene: Scene, column: Column, row: Row, text: Text) -> Answer:
    values = {"column": column, "row": row, "text": text, "noise": scene.noise}
    return html(render(f"{column.shape}/notice.html", **values))
