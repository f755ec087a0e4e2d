"""Reasons of trouble in Chinese, for editors and operators; logs and JSON keep the English ones.

The doors and the families give reasons as short English phrases. What is not known here is shown
as it is: a strange reason is better than a vague one. Contains no business logic.
"""

from __future__ import annotations

import re

_SAYINGS = [
    (r"DNS: name not found", "域名无法解析"),
    (r"DNS: (.+)", r"域名解析失败（\1）"),
    (r"connection refused", "连接被拒绝"),
    (r"connection reset", "连接被网站中断"),
    (r"no route to the (?:network|host)|no answer to the connection attempt", "连不上网站"),
    (r"closed without an answer", "网站断开了连接，没有应答"),
    (r"TLS: (.+)", r"加密连接或证书有问题（\1）"),
    (r"no answer within (\S+) s", r"\1 秒内没有应答"),
    (r"(?:answer )?not finished within (\S+) s", r"\1 秒内没有读完"),
    (r"HTTP 403\b", "网站拒绝访问（HTTP 403）"),
    (r"HTTP 404\b", "没有这一页（HTTP 404），栏目可能已搬迁"),
    (r"HTTP 429\b.*", "网站要求放慢（HTTP 429）"),
    (r"HTTP (5\d\d)", r"网站出错（HTTP \1）"),
    (r"HTTP (\d+)", r"网站回答 HTTP \1"),
    (r"browser challenge \((.+?)\)(.*)", r"被浏览器验证拦截（\1\2）"),
    (r"web application firewall(.*)", r"被网站防火墙拦截\1"),
    (r"(\d+) bytes in place of the page", r"只回答了 \1 个字节，可能被网关拦截"),
    (r"an empty answer", "回答是空的"),
    (r"body cut off.*|the page is cut off.*", "内容不完整"),
    (r"body is not what its compression says", "压缩内容已损坏"),
    (r"more than (\d+) MB", r"页面超过 \1 MB"),
    (r"a file, not a page|not a page(.*)", r"不是网页"),
    (r"a page, not a file", "附件链接打开的是网页，不是文件"),
    (r"not HTTP(.*)", r"不是正常的网站应答"),
    (r"redirects to itself|more than \d+ redirects", "网址来回跳转"),
    (r"a page that says it is not there: (.+)", r"网页说自己不存在（\1）"),
    (r"redirects to (?!itself)(.+)", r"网址转到了 \1"),
    (r"another text", "网页已是别的内容"),
    (r"a stub that only leads to (.+)", r"只有一个跳转（到 \1）"),
    (r"robots\.txt disallows", "网站的 robots.txt 不允许抓取"),
    (r"refused: (.+)", r"地址不允许访问（\1）"),
    (r"(?:.* )?not a public address", "地址不是公网地址，不访问"),
    (r"a list(?: page)? without a single row|no rows?\b.*", "列表里一条也没有"),
    (r"no list on the page", "页面上没有列表，可能已改版"),
    (r"a notice, not a list", "是一篇通知，不是列表"),
    (r"a list, not a notice", "是一个列表，不是通知"),
    (r"no notice on the page", "页面上没有通知正文"),
    (r"a challenge page", "是一个浏览器验证页面"),
    (r"takes longer than (\S+) s to read", r"\1 秒内解析不完"),
    (r"JSON(.*)", "接口的回答不是列表"),
    (r"the daily budget .*|.*budget.*spent.*", "今天对该网站的请求数已用完"),
    (r"the archived page \w+ was not read.*", "存档的原页不在了"),
    (r"the archived page \w+ is damaged.*", "存档的原页已损坏"),
    (r"no text where there was one", "读不出正文，原先有"),
    (r"the ignore rules leave no text", "忽略规则把正文全部隐去了"),
    (r"unexpected failure, see the log", "程序出错，见日志"),
]
_COMPILED = [(re.compile(pattern), words) for pattern, words in _SAYINGS]
_AT_ROBOTS = ", at robots.txt"


def in_chinese(reason: str) -> str:
    """A reason as a person reads it; unknown ones unchanged."""
    said = reason.removesuffix(_AT_ROBOTS)
    for pattern, words in _COMPILED:
        found = pattern.fullmatch(said)
        if found:
            said = found.expand(words)
            break
    return f"{said}（读取 robots.txt 时）" if reason.endswith(_AT_ROBOTS) else said
