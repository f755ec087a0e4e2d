"""Gateways and challenges are recognised; pages that talk about them are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.blocked import blocked, crumb, stub

FILLER = "".join(
    f"<p>第{n}条 各有关单位应当按照要求做好申报工作【演示文本，非官方文件】。</p>" for n in range(30)
)


REWRITTEN = "".join(
    f"<li><a href='http://www-gov-cnx45c8968723868xx.ipv6best.cn/{n}'>国务院</a></li>" for n in range(3)
)


def script(code: str, *, text: str = "", meta: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8>{meta}<script>{code}</script></head><body>{text}</body></html>".encode()


CHALLENGES: list[tuple[str, int, dict[str, str], bytes, str]] = [
    ("jsl first answer", 521, {}, b"", "jsl"),
    ("jsl shell", 200, {}, script("document.cookie='__jsl_clearance_s=17|-1|x';location.href='/'"), "jsl"),
    ("jsl shell, 403", 403, {}, script("document.cookie='__jsl_clearance=17'"), "jsl"),
    ("ruishu 412", 412, {}, script("$_ts=window['$_ts']"), "瑞数"),
    ("ruishu 202", 202, {}, script("$_ts=window['$_ts'];" + "x" * 90_000), "瑞数"),
    ("ruishu 202, packed", 202, {}, script("eval(1)"), "瑞数"),
    ("ruishu meta", 200, {}, script("f()", meta='<meta content="{qqqqqqhF.QBi">'), "瑞数"),
    ("C3VK", 200, {}, script('window.document.cookie="C3VK=a1b2; path=/; max-age=300;";reload()'), "C3VK"),
    ("C3VK, two names", 200, {}, script('document.cookie="C3VK=a; path=/";location.reload()'), "C3VK"),
    ("acw, 405", 405, {}, b"<html><a href='https://errors.aliyun.com/'>405</a></html>", "阿里云), HTTP 405"),
    ("aliyun", 200, {}, script("aliyun_waf_aa='x'"), "阿里云"),
    ("wzws page", 200, {}, script("", text="<form action='/wzws-waf-cgi/'></form>"), "WZWS"),
    ("CBK", 200, {}, script("location.href='/?__CBK=3f'"), "CBK"),
    ("safeline", 468, {}, script("SafeLineChallenge()"), "HTTP 468"),
    ("jsl 403", 403, {}, script("", text="知道创宇云防御 拒绝了该请求"), "HTTP 403"),
    ("abroad", 403, {}, script("", text="403 对不起，境外地址不能访问本网站"), "address or region, HTTP 403"),
    ("abroad in English", 403, {}, script("", text="Not available in your region"), "address or region"),
    ("an address", 403, {}, "您的IP地址 1.2.3.4 已被限制".encode("gb18030") + b" " * 60, "address or region"),
    ("JSON of a wall", 200, {}, '{"code":403,"message":"请求被拦截"}'.encode(), "firewall"),
    (
        "JSON of a wall, escaped",
        405,
        {},
        b'{"msg":"\\u4e91\\u9632\\u62a4","data":null,"rows":[]}',
        "firewall",
    ),
    ("acw", 200, {}, script("var arg1='3A';setCookie('acw_sc__v2',x)"), "acw_sc__v2"),
    ("wzws redirect", 302, {"location": "/WZWSRELzL3Rqc3kuaHRt"}, b"", "WZWS"),
    ("wzws shell", 200, {}, script("var wzwsquestion='x';"), "WZWS"),
    ("cloudflare", 403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
    ("cloudflare shell", 503, {}, script("window._cf_chl_opt={}", text="Just a moment..."), "Cloudflare"),
    ("waf status", 468, {}, b"", "web application firewall, HTTP 468"),
    (
        "waf words, 405",
        405,
        {},
        script("", text="很抱歉，由于您访问的URL有可能对网站造成安全威胁，已被拦截。云防护"),
        "HTTP 405",
    ),
    ("waf words, 403", 403, {}, script("", text="当前访问疑似黑客攻击，已被创宇盾拦截"), "HTTP 403"),
    ("waf words, 200", 200, {}, script("", text="您的访问过于频繁，请稍后再试"), "firewall"),
    (
        "waf words in GBK",
        200,
        {},
        "<html><body>网站防火墙：您的请求已被拦截</body></html>".encode("gb18030"),
        "firewall",
    ),
]


@pytest.mark.parametrize(
    ("status", "headers", "body", "word"),
    [case[1:] for case in CHALLENGES],
    ids=[case[0] for case in CHALLENGES],
)
def test_a_challenge_is_recognised(status: int, headers: dict[str, str], body: bytes, word: str) -> None:
    reason = blocked(status, headers, body)
    assert reason is not None
    assert word in reason


PAGES: list[tuple[str, int, dict[str, str], bytes]] = [
    ("a notice", 200, {}, script("", text=FILLER)),
    (
        "about firewalls",
        200,
        {},
        script("", text="关于采购网站防火墙、云防护和人机验证服务的公告 __jsl_clearance acw_sc__v2" + FILLER),
    ),
    (
        "behind ruishu, with content",
        200,
        {},
        script("$_ts=1", text=FILLER, meta='<meta content="{qqqqqqhF">'),
    ),
    (
        "ruishu, short, with the meta block",
        200,
        {},
        script("$_ts=1", text="正文", meta='<meta name="ArticleTitle" content="公示">'),
    ),
    (
        "a short list with a shield's script",
        200,
        {},
        script("x='__jsl_clearance'", text="<li><a href='/a'>通知</a></li>" * 6),
    ),
    ("behind a shield's cookie", 200, {"set-cookie": "__jsluid_s=1; HttpOnly"}, script("", text=FILLER)),
    ("a family's empty shell", 200, {}, script("queryData={'webId':'1'}", text="<div id=list></div>")),
    ("JSON about it", 200, {}, '{"rows":[{"title":"云防护采购公告，已被拦截"}]}'.encode()),
    ("XML about it", 200, {}, '<?xml version="1.0"?><r><![CDATA[人机验证]]></r>'.encode()),
    (
        "JSON errors of interfaces, the family's business",
        200,
        {},
        '{"success":false,"msg":"系统错误","code":1000}'.encode(),
    ),
    (
        "JSON errors of interfaces, 2",
        200,
        {},
        b'{"errcode":0,"errmessage":"ok","data":{"list":[],"total":null}}',
    ),
    ("JSON errors of interfaces, 3", 500, {}, '{"message":"不支持的HTTP方法"}'.encode()),
    ("JSON that is no object", 200, {}, '["云防护"]'.encode()),
    ("JSON that is broken", 200, {}, '{"msg":"云防护"'.encode()),
    ("JSON that is deep", 200, {}, b'{"a":' * 400),
    ("links rewritten by an IPv6 gateway", 200, {}, script("", text=REWRITTEN)),
    ("a Chinese IIS, 403", 403, {}, script("", text="403 - 禁止访问: 访问被拒绝。您无权查看此目录或页面。")),
    ("a short notice about foreign trade", 200, {}, script("", text="境外企业名单公示")),
    ("accepted JSON", 202, {}, b'{"rows":[]}'),
    ("missing", 404, {}, script("", text="您访问的页面不存在")),
    ("forbidden", 403, {"server": "nginx"}, b"<html><h1>403 Forbidden</h1><hr>nginx</html>"),
    ("too many requests", 429, {}, b"slow down"),
    ("origin down behind Cloudflare", 521, {"server": "cloudflare"}, b"Web server is down"),
    ("moved", 302, {"location": "/a"}, script("$_ts=1")),
    ("unchanged", 304, {}, b""),
]


@pytest.mark.parametrize(
    ("status", "headers", "body"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES]
)
def test_a_page_of_the_site_is_not_called_blocked(status: int, headers: dict[str, str], body: bytes) -> None:
    assert blocked(status, headers, body) is None


@pytest.mark.parametrize("body", [b"ok", b"\r\n", b"<html></html>", b" " * 500 + b"x" + b" " * 500])
def test_a_crumb_is_no_page(body: bytes) -> None:
    assert (crumb(body) is not None) is (len(body) < 64)


@pytest.mark.parametrize("body", [b"[]", b'{"a":1}', b"\xef\xbb\xbf{}", b'<?xml version="1.0"?><r/>'])
def test_short_data_is_data(body: bytes) -> None:
    assert crumb(body) is None


@pytest.mark.parametrize(
    ("body", "onward"),
    [
        (b'<meta http-equiv="refresh" content="0;URL=../" />', "../"),
        (b"<html><META HTTP-EQUIV=Refresh CONTENT='0; url=\"/zwgk/\"'></html>", "/zwgk/"),
        (b'<meta http-equiv="refresh" content="300"><p>page', None),
        (script("", meta='<meta http-equiv="refresh" content="300;url=/">', text=FILLER), None),
    ],
)
def test_a_stub_only_sends_the_visitor_on(body: bytes, onward: str | None) -> None:
    assert stub(body) == onward


def test_real_pages_are_not_called_blocked(shared) -> None:  # type: ignore[no-untyped-def]
    pages = [
        path for path in shared("realpages").rglob("*") if path.suffix in (".html", ".shtml", ".json", ".xml")
    ]
    assert len(pages) > 25
    assert {
        path.name: blocked(200, {}, path.read_bytes())
        for path in pages
        if blocked(200, {}, path.read_bytes())
    } == {}
    assert {path.name for path in pages if crumb(path.read_bytes()) or stub(path.read_bytes())} == set()


@given(st.integers(200, 599), st.binary(max_size=300))
def test_any_bytes_get_an_answer(status: int, body: bytes) -> None:
    for answer in (blocked(status, {}, body), crumb(body), stub(body)):
        assert answer is None or isinstance(answer, str)


@pytest.mark.parametrize(
    "piece", [b"<", b"<script", b"<!--", b"<a ", b"<meta ", b"<meta http-equiv=refresh ", b" "]
)
def test_hostile_markup_takes_no_time(piece: bytes) -> None:
    body = b"$_ts" + piece * (300_000 // len(piece))
    assert blocked(200, {}, body) in (None, "browser challenge (瑞数)"), "and not minutes later"
    assert stub(body) is None
