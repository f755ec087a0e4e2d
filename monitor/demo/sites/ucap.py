"""The list interface of the tax administration (UCAP): `POST /getFileListByCodeId`, JSON of rows.

Addresses in it are of www.chinatax.gov.cn, where nothing is: the pages lie on fgk.chinatax.gov.cn.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from monitor.demo.columns import COLUMNS, TAX, Column
from monitor.demo.exchange import Answer, Ask, html, json_answer, not_found
from monitor.demo.rows import Row
from monitor.demo.world import Scene

PATH = "/getFileListByCodeId"


def files(scene: Scene, ask: Ask) -> Answer:
    """The rows of the channel that the form names."""
    if ask.path != PATH:
        return not_found()
    if ask.method != "POST":
        return html('{"code":405,"msg":"Method Not Allowed"}', status=405)
    asked = ask.form.get("channelId")
    for column in COLUMNS:
        if column.family == "ucap" and column.key == asked:
            return json_answer(_reply(scene, column, ask))
    return json_answer({"code": 200, "msg": "操作成功", "results": {"data": {"total": 0, "results": []}}})


def _reply(scene: Scene, column: Column, ask: Ask) -> dict[str, object]:
    page, size = int(ask.form.get("page", "1")), int(ask.form.get("size", "10"))
    rows = scene.listed(column.id)
    shown = rows[(page - 1) * size : page * size]
    data = {
        "page": page,
        "rows": size,
        "total": len(rows),
        "channelId": column.key,
        "results": [_result(row, column) for row in shown],
    }
    return {"code": 200, "msg": "操作成功", "traceId": scene.noise.token, "results": {"data": data}}


def _result(row: Row, column: Column) -> dict[str, object]:
    published = datetime.combine(row.on, time(1, 30), UTC)
    return {
        "manuscriptId": row.id,
        "title": row.title,
        "titleHtml": row.title,
        "subTitle": "",
        "content": "",
        "url": f"http://{TAX}{row.path}",
        "publishedTime": int(published.timestamp() * 1000),
        "publishedTimeStr": f"{row.on} 09:30:00",
        "channelName": column.topic,
        "channelCodeName": "c102416",
        "domainMetaList": [{"domainMetadataName": "政策法规", "resultList": _labels(row)}],
        "resList": [],
    }


def _labels(row: Row) -> list[dict[str, str]]:
    """文号, 成文日期 and 时效性 as the interface has them, in an order that is not fixed."""
    return [
        {"key": "aging", "name": "时效性", "value": "全文有效"},
        {"key": "writtentext", "name": "发文字号", "value": row.number},
        {"key": "writtendate", "name": "成文日期", "value": str(row.signed or "")},
        {"key": "effectlevel", "name": "效力等级", "value": "null"},
    ]
