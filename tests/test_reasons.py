"""Reasons as people read them."""

from __future__ import annotations

import pytest

from monitor.reasons import in_chinese


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", ""),
        ("DNS: name not found", "域名无法解析"),
        ("DNS: name not found, at robots.txt", "域名无法解析（读取 robots.txt 时）"),
        ("no answer within 30 s", "30 秒内没有应答"),
        ("HTTP 404", "没有这一页（HTTP 404），栏目可能已搬迁"),
        ("HTTP 502", "网站出错（HTTP 502）"),
        ("browser challenge (瑞数), HTTP 412", "被浏览器验证拦截（瑞数, HTTP 412）"),
        ("a list page without a single row", "列表里一条也没有"),
        ("the ignore rules leave no text", "忽略规则把正文全部隐去了"),
        ("something never seen before", "something never seen before"),
    ],
)
def test_a_reason_in_chinese(reason: str, said: str) -> None:
    assert in_chinese(reason) == said
