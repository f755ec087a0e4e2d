"""Recognises a gateway or a challenge that answers in place of the site. Pure; talks to nobody.

Conservative: a page with text of its own is never called blocked, whatever words stand in it.
Marks after what has been seen on Chinese government sites (docs/decisions.md).
"""

from __future__ import annotations

import json
import re

from monitor.fetch.exchange import Headers


def _in_both(words: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(word.encode(code) for word in words for code in ("utf-8", "gb18030"))


HEAD = 256 * 1024
TINY = 64
_SHORT_DATA = 2048
_LONG = 24 * 1024  # only 瑞数 shells are longer: they carry up to 150 kB of packed script
_QUIET = 200  # a challenge or a block page says less than this; a notice says more
_FEW_LINKS = 5
_SOON = 4096  # a page of a site says who it is by then

# Statuses that these gateways invented or use for nothing else when a plain GET is answered.
_STATUSES = {
    412: "browser challenge (瑞数)",
    418: "web application firewall",
    468: "web application firewall",
    521: "browser challenge (创宇盾 jsl)",
    567: "web application firewall (EdgeOne)",
}
_RUISHU = "browser challenge (瑞数)"
_RUISHU_MARKS = (b"$_ts", b'content="{qqqqqq')
# As they stand in a challenge's script, never in a sentence.
_SCRIPT_MARKS = dict.fromkeys(_RUISHU_MARKS, _RUISHU) | {
    b"__jsl_clearance": "browser challenge (创宇盾 jsl)",
    b"C3VK=": "browser challenge (C3VK)",
    b"acw_sc__v2": "browser challenge (阿里云 acw_sc__v2)",
    b"aliyun_waf": "browser challenge (阿里云)",
    b"errors.aliyun.com": "web application firewall (阿里云)",
    b"WZWSREL": "browser challenge (网站卫士 WZWS)",
    b"wzwsquestion": "browser challenge (网站卫士 WZWS)",
    b"wzwschallenge": "browser challenge (网站卫士 WZWS)",
    b"wzws-waf-cgi": "browser challenge (网站卫士 WZWS)",
    b"security_session_verify": "browser challenge (云锁)",
    b"__tst_status": "browser challenge (EdgeOne)",
    b"_cf_chl_opt": "browser challenge (Cloudflare)",
    b"/_guard/": "browser challenge (guard)",
    b"__CBK=": "browser challenge (CBK)",
    b"SafeLineChallenge": "browser challenge (雷池 SafeLine)",
}
# As a wall says them to a visitor.
_WALL_WORDS = (
    "云防护",
    "云防御",
    "创宇盾",
    "加速乐",
    "网站卫士",
    "玄武盾",
    "网站防火墙",
    "安全狗",
    "已被拦截",
    "请求被拦截",
    "访问被拦截",
    "访问被阻断",
    "疑似攻击",
    "疑似黑客攻击",
    "访问行为异常",
    "访问过于频繁",
    "请求过于频繁",
    "人机验证",
    "安全验证",
    "访问验证",
    "请开启JavaScript",
    "The request has been blocked",
    "your request has been blocked",
    "Request blocked",
    "Just a moment...",
)
# As a wall says them to a visitor whom it takes for a foreigner; a notice may speak of them, too, so
# they count only where the status already says no.
_ABROAD_WORDS = (
    "境外",
    "海外",
    "国外IP",
    "所在地区",
    "所在区域",
    "所在国家",
    "您的IP",
    "您的 IP",
    "IP地址",
    "IP 地址",
    "your region",
    "your country",
    "your location",
)
_NO = frozenset({401, 403, 405, 406, 429, 444, 451, 503})
_WALL_BYTES = _in_both(_WALL_WORDS)
_ABROAD_BYTES = _in_both(_ABROAD_WORDS)
_UNSEEN = re.compile(
    rb"<script\b.*?(?:</script>|\Z)|<style\b.*?(?:</style>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>|\s+|&nbsp;",
    re.I | re.S,
)
_LINK = re.compile(rb"<a\s[^<>]*href", re.I)
_GOVERNMENT_META = re.compile(rb"<meta[^<>]*(?:ArticleTitle|SiteIDCode|ColumnName)", re.I)
_REFRESH = re.compile(rb"""<meta[^<>]*http-equiv\s*=\s*["']?refresh[^<>]*url\s*=\s*['"]?([^"'<> ]*)""", re.I)


def blocked(status: int, headers: Headers, body: bytes) -> str | None:
    """Why this answer is a block or a challenge rather than the site's own, or None."""
    return _by_header(headers) or _by_status(status, headers) or _by_body(status, body[:HEAD])


def stub(body: bytes) -> str | None:
    """Where a page leads that does nothing but send the visitor on: so deleted documents look, or None."""
    if len(body) > 2048:
        return None
    found = _REFRESH.search(body)
    return found[1].decode("latin-1") if found and _is_shell(body) else None


def crumb(body: bytes) -> str | None:
    """Why a body is too little to be a page (Fujian's gateway sends two bytes with a 200), or None."""
    if len(body) >= TINY or len(body.strip()) >= TINY or _is_data(body):
        return None
    return f"{len(body)} bytes in place of the page"


def _by_header(headers: Headers) -> str | None:
    if "/WZWSREL" in headers.get("location", ""):
        return _SCRIPT_MARKS[b"WZWSREL"]
    if headers.get("cf-mitigated") == "challenge":
        return _SCRIPT_MARKS[b"_cf_chl_opt"]
    return None


def _by_status(status: int, headers: Headers) -> str | None:
    is_origin_down = status == 521 and "cloudflare" in headers.get("server", "").lower()
    reason = _STATUSES.get(status)
    return f"{reason}, HTTP {status}" if reason and not is_origin_down else None


def _by_body(status: int, body: bytes) -> str | None:
    if 300 <= status < 400:
        return None
    if _is_data(body):
        return "web application firewall" if _is_refusal(body) else None
    if _GOVERNMENT_META.search(body, 0, _SOON):
        return None  # most pages: no shell, whatever marks the rest of it carries
    mark = _mark(status, body)
    if mark is None or not _is_shell(body):
        return None
    return mark if status == 200 else f"{mark}, HTTP {status}"


def _mark(status: int, body: bytes) -> str | None:
    if len(body) > _LONG:
        start = body[:_LONG]  # they say so early
        return _RUISHU if any(token in start for token in _RUISHU_MARKS) else None
    for token, reason in _SCRIPT_MARKS.items():
        if token in body:
            return reason
    if any(word in body for word in _WALL_BYTES):
        return "web application firewall"
    if status in _NO and any(word in body for word in _ABROAD_BYTES):
        return "not served to our address or region"
    return _RUISHU if status == 202 else None


def _is_data(body: bytes) -> bool:
    """JSON and XML are the answers of an interface; the family that asked reads what they say."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] in (b"{", b"[") or start[:5].lower() == b"<?xml"


def _is_refusal(body: bytes) -> bool:
    """A wall that speaks JSON: short, flat, and none of the site's own words in it.

    An interface's own error (`{"success":false,"code":1000}`) is the business of the family that asked.
    """
    if len(body) > _SHORT_DATA or not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        said: dict[str, object] = json.loads(body)
    except (ValueError, RecursionError):
        return False
    values = said.values()
    is_flat = not any(value and isinstance(value, list | dict) for value in values)
    return is_flat and any(
        word in value for value in values if isinstance(value, str) for word in _WALL_WORDS
    )


def _is_shell(body: bytes) -> bool:
    if _GOVERNMENT_META.search(body) or len(_LINK.findall(body)) >= _FEW_LINKS:
        return False
    seen = _UNSEEN.sub(b"", body)
    try:
        text = seen.decode("utf-8")
    except UnicodeDecodeError:
        text = seen.decode("gb18030", "replace")
    return len(text) < _QUIET
