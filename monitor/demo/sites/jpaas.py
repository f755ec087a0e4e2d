"""The unit interface of Hanweb jpaas (MIIT): the rows of a column as an HTML fragment inside JSON.

The column page is a shell whose script element carries the seven keys; POST is refused, as on the
real site (facts of 2026-10-01).
"""

from __future__ import annotations

from monitor.demo.columns import COLUMNS, Column
from monitor.demo.exchange import Answer, Ask, html, json_answer
from monitor.demo.sites.pages import render
from monitor.demo.world import Scene

PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_KEYS = ("parseType", "webId", "tplSetId", "pageType", "tagId", "pageId")


def unit(scene: Scene, ask: Ask) -> Answer:
    """The list of the column that `pageId` names, else the interface's own kind of error."""
    if ask.method != "GET":
        return html('{"success":false,"code":"500","message":"不支持的HTTP方法"}', status=500)
    asked = ask.query.get("pageId")
    for column in COLUMNS:
        if column.host == ask.host and column.key == asked and all(ask.query.get(key) for key in _KEYS):
            return json_answer(_reply(_fragment(scene, column)))
    return json_answer({"success": False, "code": "404", "message": "页面不存在", "data": None})


def _fragment(scene: Scene, column: Column) -> str:
    rows = scene.listed(column.id)
    # 意见征集 has a fragment of its own, with the closing day hidden in milliseconds
    name = "opinions" if any(row.closes for row in rows) else "unit"
    return render(f"jpaas/{name}.html", column=column, rows=rows, noise=scene.noise)


def _reply(fragment: str) -> dict[str, object]:
    return {
        "roles": None,
        "permissions": None,
        "success": True,
        "message": "操作成功",
        "code": "200",
        "data": {"html": fragment},
    }
