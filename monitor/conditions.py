"""The conditions of a source in Chinese, and what a person can do about each. Contains no business logic."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import Condition

WORDS: Mapping[Condition, str] = {
    Condition.WELL: "正常",
    Condition.NEW: "尚未轮询",
    Condition.LATE: "久无更新",
    Condition.SHRUNK: "条目变少",
    Condition.EMPTY: "列表为空",
    Condition.BLOCKED: "被拦截",
    Condition.HELD: "待人工确认",
    Condition.FAILING: "读取失败",
}
ADVICE: Mapping[Condition, str] = {
    Condition.LATE: "打开原网页看有没有新通知；栏目若已迁走，用 sources suggest 找新地址",
    Condition.SHRUNK: "用 sources try 看读到的条目；列表若确实变短，用 sources accept 认可",
    Condition.EMPTY: "用 sources try 试读；网页若已改版，用 sources suggest 重新生成配置",
    Condition.BLOCKED: "系统会自动放慢并重试；需要时用 import 手工录入，或与网站方联系",
    Condition.HELD: "用 sources held 比较前后条目；改版属实用 sources accept，读错了用 sources reject",
    Condition.FAILING: "打开原网页看网站是否正常；地址变了就改 sources.yaml",
}
