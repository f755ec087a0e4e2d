"""What the sites say that answer in JSON: lists of four families, notices of one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from monitor.demo import MARK
from monitor.demo.columns import Column
from monitor.demo.rows import Row, Text

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_Json = Mapping[str, object]


def _gkmlpt(column: Column, rows: Sequence[Row], page: int, pages: int, total: int) -> _Json:
    return {
        "classify": {"id": 4165, "post_count": total},
        "articles": [
            {
                "id": int(row.id),
                "title": row.title,
                "document_number": row.number,
                "identifier": row.index,
                "publisher": row.by,
                "date": _seconds(row.signed),
                "created_at": f"{row.on} 08:00:00",
                "display_publish_time": _seconds(row.on),
                "first_publish_time": _seconds(row.on),
                "classify_main_name": column.topic,
                "url": f"http://{column.host}{row.path}",
                "is_expired": 0,
                "is_abolished": 0,
                "attachment": [],
            }
            for row in rows
        ],
        "total": total,
    }


def _igs(column: Column, rows: Sequence[Row], page: int, pages: int, total: int) -> _Json:
    content = [
        {
            "AttachPic": 0,
            "BT": row.title,
            "DOCPUBURL": f"http://{column.host}{row.path}",
            "FBRQ": f"{row.on}T00:00:00.000+0800",
            "IDXID": row.index,
            "FWZH": row.number or None,
            "CWRQ": f"{row.signed}T00:00:00.000+0800",
            "FWJG_name": row.by,
            "AVAILABLE": True,
        }
        for row in rows
    ]
    found = {"content": content, "total": str(total), "pageSize": 12, "pageNumber": page, "totalPages": pages}
    return {"__index": "zcwj-index-200424", "__type": "zcfg", "page": found}


def _json(column: Column, rows: Sequence[Row], page: int, pages: int, total: int) -> _Json:
    lists = [
        {
            "id": str(place),
            "docId": int(row.id),
            "docSubtitle": row.title,
            "docurl": None,
            "url": row.path,
            "publishDate": f"{row.on} 15:30:00",
            "builddate": f"{row.signed} 00:00:00",
            "documentNo": row.number or None,
        }
        for place, row in enumerate(rows)
    ]
    return {"rptCode": 200, "msg": "Success", "data": {"total": total, "rulesPageNo": page, "lists": lists}}


def _ucap(column: Column, rows: Sequence[Row], page: int, pages: int, total: int) -> _Json:
    results = [
        {
            "manuscriptId": row.id,
            "title": row.title,
            "titleHtml": row.title,
            "content": "",
            "url": f"http://{column.host}{row.path}",
            "publishedTime": _seconds(row.on) * 1000,
            "publishedTimeStr": f"{row.on} 09:30:00",
            "domainMetaList": [
                {
                    "resultList": [
                        {"key": "writtentext", "value": row.number},
                        {"key": "aging", "value": "有效"},
                    ]
                }
            ],
        }
        for row in rows
    ]
    data = {"page": page, "rows": 12, "total": total, "channelId": column.key, "results": results}
    return {"code": 200, "msg": "操作成功", "results": {"data": data}}


Drawn = Callable[[Column, Sequence[Row], int, int, int], _Json]
JSON_LISTS: Mapping[str, Drawn] = {"gkmlpt": _gkmlpt, "igs": _igs, "json": _json, "ucap": _ucap}


def json_notice(row: Row, *, more: bool) -> _Json:
    """A notice as a JSON site answers it, its text as HTML; `more` is what a new template adds."""
    inside = {
        "docId": int(row.id),
        "docTitle": row.title,
        "publishDate": f"{row.on} 16:00:00",
        "indexNo": row.index,
        "documentNo": row.number,
        "docSource": row.by,
        "builddate": f"{row.signed}",
        "docClob": _as_html(row.text, more=more),
    }
    return {"rptCode": 200, "msg": "成功", "data": inside}


def detail(row: Row, text: Text) -> str:
    """The line of data in a page of gkmlpt."""
    record = {"document_number": row.number, "identifier": row.index, "publisher": row.by}
    inside = {
        "id": int(row.id),
        "title": row.title,
        "content": _as_html(text, more=False),
        "source": row.by,
        "display_publish_time": _seconds(row.on),
        "gkml_data": record | {"date": _seconds(row.signed), "is_expired": 0, "is_abolished": 0},
    }
    return json.dumps(inside).replace("<", "\\u003C")


def _as_html(text: Text, *, more: bool) -> str:
    lines = [MARK, *text.heading, text.number, text.to, *text.body]
    files = [f'附件：<a href="/attach/{file.file}">{file.name}</a>' for file in text.attachments]
    after = ("责任编辑：网站管理员　打印本页　关闭窗口", "分享到：微信　微博") if more else ()
    said = [*lines, *files, *text.signature, text.date, *text.after, *after]
    return "".join(f"<p>{line}</p>" for line in said if line)


def _seconds(day: date | None) -> int:
    return int(datetime.combine(day, time(10), _SHANGHAI).timestamp()) if day else 0
