"""Addresses: made absolute for people, made comparable for identity. Contains no business logic."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_CONTROL = re.compile(r"[\t\r\n]+")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SESSION = re.compile(r";(?:jsessionid|jslsessionid)=[^/?#;]*", re.I)
# Keys by which pages tell a cache or a phone something, never what to show.
_NOISE = frozenset({"jump", "_mobile", "jslsessionid", "jsessionid", "wzws_cid", "spm"})
_STAMPS = frozenset({"t", "_", "v", "ts", "time", "timestamp", "rand", "random", "r", "_t"})
_STAMP = re.compile(r"\d{10,17}|0?\.\d+")
# IPv6 "天窗" gateways rewrite outside links with a number per build, under https with dashes for dots:
# www-beian-gov-cnx45c8968723868xx.ipv6best.cn (Fujian).
_GATEWAY = re.compile(r"x[0-9a-f]{4}\d{6,}(xx)?\.ipv6best\.cn$")
# 网站卫士 answers under /WZWSREL<base64 of the true path> (Tianjin).
_GUARDED = re.compile(r"/WZWSREL([A-Za-z0-9+/_=-]+)")
# Most addresses are plain; the general way costs ten times as much.
_PLACE = r"[a-z0-9.-]*[a-z0-9](?::(?!80/|443/)(?:[1-5]\d{4}|[1-9]\d{0,3}))?"
# www.x.gov.cn and x.gov.cn are one site under two names: pages, and rows of one list, mix them.
_ALIAS = r"(?:www\.)*(?=[^/]*\.)"
_PLAIN = re.compile(rf"https?://{_ALIAS}({_PLACE}/[\w./~-]*)", re.A)
_WWW = re.compile(rf"^{_ALIAS}")
_PLAIN_FOLDER = re.compile(rf"https?://{_PLACE}/+(?:[\w~-][\w.~-]*/+)*(?=[^/?#]*(?:\?|$))", re.A)
_PLAIN_RELATIVE = re.compile(r"(?:\./)?((?:[\w-][\w.-]*/)*[\w-][\w.-]*)", re.A)
_SAFE = "".join(map(chr, range(33, 127)))


def absolute(base: str, href: str | None) -> str | None:
    """The http(s) address that `href` means on the page `base`; None where it leads nowhere."""
    relative = _PLAIN_RELATIVE.fullmatch(href or "")
    folder = _PLAIN_FOLDER.match(base) if relative else None
    if relative and folder:
        return folder[0] + relative[1]
    wanted = _CONTROL.sub("", href or "").strip()
    if not wanted or wanted.startswith("#"):
        return None
    try:
        url = urljoin(base, wanted)
        parts = urlsplit(url)
        leads_somewhere = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url.replace(" ", "%20") if leads_somewhere else None


def canonical(url: str) -> str:
    """The identity of an address: a key to compare, not an address to fetch.

    http and https, `www.`, default ports, fragments, session ids, cache stamps and gateway hosts do not
    matter; the order of a query does, and escapes are never decoded (they may be GBK bytes).
    """
    plain = _PLAIN.fullmatch(url)
    if plain and "ipv6best.cn" not in url and "/WZWSREL" not in url:
        return f"http://{plain[1]}"
    try:
        parts = urlsplit(_CONTROL.sub("", url).strip())
        place = _place(parts)
    except ValueError:
        place = ""
    if not place:
        return url.strip()
    path = _escaped(_SESSION.sub("", _unguarded(parts.path))) or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_noise(pair))
    return f"http://{place}{path}" + (f"?{_escaped(query)}" if query else "")


def host(url: str) -> str:
    """The host name in lower case, without port; "" where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _place(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    gateway = _GATEWAY.search(name)
    if gateway:
        name = name[: gateway.start()].replace("-", "." if gateway[1] else "-")
    name = _WWW.sub("", name)
    return name if parts.port in (None, 80, 443) else f"{name}:{parts.port}"


def _unguarded(path: str) -> str:
    found = _GUARDED.fullmatch(path)
    if not found:
        return path
    try:
        true_path = base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode()
    except (binascii.Error, ValueError):
        return path
    return true_path if true_path.startswith("/") else path


def _is_noise(pair: str) -> bool:
    key, _, value = pair.partition("=")
    return key.lower() in _NOISE or (key.lower() in _STAMPS and bool(_STAMP.fullmatch(value)))


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[0].upper(), quote(text, safe=_SAFE))
