"""The demo's own sources.yaml: today's columns over http, every host dialled on loopback.

It is a whole configuration of the ordinary kind, written into the demo's folder, so that any other
command can be run on what the demo leaves behind.
"""

from __future__ import annotations

import yaml

from monitor.demo import MARK
from monitor.demo.columns import COLUMNS, FGK, TAX, Column
from monitor.demo.server import connect_to
from monitor.demo.sites import ucap

_HEAD = """\
# kuaixun 演示用的配置：模拟网站在本机，网址是真实的，经 connect_to 转到本机端口。
# 演示结束后模拟网站即关闭；本文件夹里的数据仍可用 --storage 与其他命令查看。
"""
PUBLISHER = {
    "name": "北京关键要素科技有限公司",
    "phone": "010-62227852",
    "site": "www.chinamomentum.com",
    "number": "({year}) {month:02d}{n:02d}期",
    "closing": f"欢迎登录 www.chinamomentum.com 或致电 010-62227852，咨询各项优惠政策。{MARK}",
}
DIGEST = {
    "name": "daily",
    "to": ["storage", "wecom"],
    "at": "30 8 * * *",
    "workdays": True,
    "sections": ["政策文件", "绿色制造", "申报通知"],
    "only": "all",
    "pieces": 3,
}


def sources_yaml(*, port: int, wecom: str) -> str:
    """The text of the demo's sources.yaml for simulated sites on `port` and a bot at `wecom`."""
    content = {
        "fetch": {
            "contact": "yanshi@example.org",
            "delay": 0,
            "per_day": 100_000,
            "connect_to": connect_to(port),
        },
        "publisher": PUBLISHER,
        "sources": [_source(column) for column in COLUMNS],
        "channels": [{"name": "storage", "url": ""}, {"name": "wecom", "url": wecom}],
        "digests": [DIGEST],
    }
    return _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=200)


def _source(column: Column) -> dict[str, object]:
    block: dict[str, object] = {
        "id": column.id,
        "name": column.name,
        "url": column.url,
        "replaces": list(column.replaces),
        "family": column.family,
        "level": str(column.level),
        "region": column.region,
    }
    if said := options(column):
        block["options"] = said
    return block


def options(column: Column) -> dict[str, str]:
    """The `options` of a column: what its family cannot know by itself, or would look for on https."""
    if column.family == "ucap":
        api = f"http://{TAX}{ucap.PATH}"
        return {"api": api, "channel": column.key, "host": f"http://{FGK}"}
    return {}
