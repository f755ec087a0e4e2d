"""The founding issue as data (seeds/), and its contents as the layout has them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import yaml

from monitor.model import Bulletin, BulletinItem, BulletinSection, Notice, Publisher

_SEED = Path(__file__).resolve().parents[2] / "seeds" / "bulletin-2019-0901.yaml"
_DATA = yaml.safe_load(_SEED.read_text("utf-8"))
_BODY = (
    "各有关单位：\n【演示文本，非官方文件】现将有关事项通知如下，请认真组织实施。\n一、总体要求\n特此通知。"
)


def founding() -> Bulletin:
    """(2019) 0901期 with its printed titles, in printing order; the bodies are invented."""
    return Bulletin(
        number=_DATA["number"],
        key=_DATA["key"],
        publisher=Publisher(name=_DATA["publisher"], phone="010-62227852", site="www.chinamomentum.com"),
        since=None,
        until=datetime(2019, 9, 6, 10, 0, tzinfo=UTC),
        sections=tuple(
            BulletinSection(name=name, items=tuple(_item(row) for row in _rows(name)))
            for name in _DATA["sections"]
        ),
        published=True,
    )


def contents() -> list[str]:
    """Sections and titles in the order of the founding contents."""
    return [
        line for name in _DATA["sections"] for line in (f"[{name}]", *(row["title"] for row in _rows(name)))
    ]


def _rows(section: str) -> list[dict[str, str]]:
    return [row for row in _DATA["items"] if row["section"] == section]


def _item(row: dict[str, str]) -> BulletinItem:
    notice = Notice(url=row["url"], title=row["title"], doc_number=row.get("doc_number"), body=_BODY)
    return BulletinItem(notice_id=int(row["n"]), notice=notice)
