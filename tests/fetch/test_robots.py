"""robots.txt after RFC 9309: asked once a day, obeyed, survived."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Blocked, FetchError, Refused
from monitor.fetch.exchange import STRAIGHT, Answer
from monitor.fetch.guard import Target
from monitor.fetch.robots import MOST, MOST_COPIES, NAME, Robots, rules_of
from monitor.model import Http
from tests.fetch.doing import NOW, aio, door_to, names
from tests.fetch.site import Site, reply, serving

PAGE = b"<html><body>" + b"a page with something to say " * 9 + b"</body></html>"
DISALLOW = b"User-agent: *\nDisallow: /\n"
HOURS = 3600.0


def text(body: bytes, **headers: str) -> bytes:
    return reply(body, Content_Type="text/plain", **headers)


def allows(body: str, path: str) -> bool:
    answer = Answer(url="http://a.cn/robots.txt", status=200, headers={}, body=body.encode())
    rules = rules_of(answer)
    return rules is None or rules.can_fetch(f"http://a.cn{path}", NAME)


@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("\ufeffuser-agent:*\ndisallow:/admin", "/admin/1", False),
        ("User-agent: *\nDisallow: /admin", "/tzgg/", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /*?", "/x?page=2", False),
        ("User-agent: *\nDisallow: /公告/", "/%E5%85%AC%E5%91%8A/1.html", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: kuaixun\nDisallow: /x", "/y", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: KuaiXun/2.0\nAllow: /", "/y", True),
        ("User-agent: Baiduspider\nUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: Baiduspider\nDisallow: /", "/x", True),
        ("User-agent: kuaixun-other\nDisallow: /", "/x", True),
        ("User-agent: kuai\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /x\nSitemap: http://a.cn/s.xml\nDisallow: /y", "/y", False),
        ("<html>User-agent: *\nDisallow: /</html>", "/x", True),
        ('{"User-agent": "*"}\nDisallow: /', "/x", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_what_it_says_to_us_counts(body: str, path: str, allowed: bool) -> None:
    assert allows(body, path) is allowed


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"User-agent: a{n}\n" for n in range(25_000)) + "Disallow: /x\n" * 15_000,
        "".join(f"user agent k{n}*\nDisallow: /{n}\n" for n in range(12_000)),
        "User-agent: *\n" + "Disallow: /*a*b*c*$\n" * 25_000,
        "User-agent: *\nDisallow: /" + "*" * 500_000,
        "User-agent: *\nDisallow: /" + "%41" * 160_000,
        "User agent " * 40_000,
        "\r" * 500_000,
    ],
    ids=["names", "names with stars", "stars", "one star line", "escapes", "one line", "no line"],
)
def test_a_hostile_file_takes_a_second_and_not_an_hour(body: str) -> None:
    begin = time.process_time()
    allows(body, "/" + "abc" * 300)
    assert time.process_time() - begin < 3


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_bytes_are_rules_or_none(body: bytes, path: str) -> None:
    rules = rules_of(Answer(url="", status=200, headers={}, body=b"User-agent: *\n" + body))
    assert rules is not None
    assert rules.can_fetch(f"http://a.cn/{path}", NAME) in (True, False)


@aio
async def test_a_page_that_robots_txt_forbids_is_not_asked_for() -> None:
    answers = {"/robots.txt": text(b"User-agent: kuaixun\nDisallow: /admin"), "/tzgg/": reply(PAGE)}
    async with serving(answers) as site, door_to(site) as door:
        await door.page("/tzgg/")
        with pytest.raises(FetchError) as failed:
            await door.get("/admin/1.html")
    assert failed.value.reason == "robots.txt disallows"
    assert failed.value.url == f"{site.url}/admin/1.html"
    assert not isinstance(failed.value, Blocked)
    assert site.paths() == ["/tzgg/"]


@aio
async def test_what_a_redirect_leads_to_is_asked_of_its_own_robots_txt() -> None:
    onward = reply(status="302 Found", Location="/admin/")
    answers = {"/robots.txt": text(b"User-agent: *\nDisallow: /admin"), "/": onward}
    async with serving(answers) as site, door_to(site) as door:
        with pytest.raises(FetchError, match=r"robots\.txt disallows"):
            await door.get()
    assert site.paths() == ["/"]


@aio
async def test_it_is_asked_for_once_a_day_and_host_by_however_many() -> None:
    async with (
        serving({"/": reply(PAGE), "/robots.txt": text(DISALLOW.replace(b"/", b"/x"))}) as site,
        door_to(site, connect_to={"a.cn:80": site.place, "b.cn:80": site.place}, per_host=9) as door,
    ):
        await asyncio.gather(*[door.page(f"http://{host}/") for host in ("a.cn", "b.cn") for _ in range(5)])
        assert len(site.robots) == 2
        door.clock.seconds += 23 * HOURS
        await door.page("http://a.cn/")
        assert len(site.robots) == 2
        door.clock.seconds += 2 * HOURS
        await door.page("http://a.cn/")
    assert sorted(asked.headers["host"] for asked in site.robots) == ["a.cn", "a.cn", "b.cn"]


@aio
async def test_it_is_asked_for_honestly_and_without_the_secrets_of_a_source() -> None:
    http = Http(headers={"Cookie": "secret=1", "Authorization": "x"}, user_agent="Mozilla/5.0 (chosen)")
    async with serving({"/": reply(PAGE)}) as site, door_to(site) as door:
        await door.get(http=http)
    headers = site.robots[0].headers
    assert headers["user-agent"] == "Mozilla/5.0 (chosen)"
    assert not {"cookie", "authorization"} & set(headers)


ALLOWING: list[tuple[str, object]] = [
    ("missing", reply(b"nothing", status="404 Not Found")),
    ("forbidden", reply(DISALLOW, status="403 Forbidden")),
    ("a wall with a 4xx", reply(status="412 Precondition Failed")),
    ("the home page", reply(PAGE)),
    ("empty", reply(b"")),
    ("a challenge", reply(b"<script>document.cookie='C3VK=1'</script>")),
    ("redirects to nowhere", reply(status="302 Found", Location="http://[bad/")),
    ("redirects to itself", reply(status="301 Moved", Location="/robots.txt")),
    ("redirects into our network", reply(status="302 Found", Location="http://10.0.0.1/robots.txt")),
    ("redirects to a file", reply(status="302 Found", Location="file:///etc/passwd")),
    ("redirects to a wall", reply(status="302 Found", Location="/WZWSRELzL3Rqc3kuaHRt")),
    ("redirects for ever", [reply(status="302 Found", Location=f"/robots.txt?{n}") for n in range(9)]),
    ("a picture", reply(b"\x89PNG", Content_Type="image/png")),
]


@pytest.mark.parametrize("answer", [case[1] for case in ALLOWING], ids=[case[0] for case in ALLOWING])
@aio
async def test_what_is_no_robots_txt_allows_everything(answer: object) -> None:
    answers = {"/": reply(PAGE), "/robots.txt": answer}
    answers |= {
        f"/robots.txt?{n}": reply(status="302 Found", Location=f"/robots.txt?{n + 1}") for n in range(9)
    }
    async with serving(answers) as site, door_to(site) as door:
        assert (await door.page()).body == PAGE
        assert (await door.page()).body == PAGE
    assert len(site.robots) == 1


@aio
async def test_it_may_have_moved() -> None:
    answers = {"/robots.txt": reply(status="301 Moved", Location="/r.txt"), "/r.txt": text(DISALLOW)}
    async with serving(answers) as site, door_to(site) as door:
        with pytest.raises(FetchError, match=r"robots\.txt disallows"):
            await door.get()


@aio
async def test_only_so_much_of_it_is_read() -> None:
    padding = b"# padding\n" * (MOST // 10 + 1)
    body = b"User-agent: *\nDisallow: /first\n" + padding + b"Disallow: /last\n"
    async with serving({"/robots.txt": text(body), "/last": reply(PAGE)}) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="disallows"):
            await door.get("/first")
        assert (await door.page("/last")).body == PAGE


async def silence(writer: asyncio.StreamWriter) -> None:
    await writer.wait_closed()


UNREACHABLE: list[tuple[str, object, str]] = [
    ("503", reply(status="503 Busy"), "HTTP 503, at robots.txt"),
    ("429", reply(status="429 Slow"), "HTTP 429, at robots.txt"),
    (
        "asks for an hour",
        reply(status="503 Busy", Retry_After="3600"),
        "HTTP 503, asks us to wait 3600 s, at",
    ),
    ("no answer", silence, "no answer within 0.05 s, at robots.txt"),
    ("closed", b"", "connection closed without an answer, at robots.txt"),
]


@pytest.mark.parametrize(
    ("answer", "reason"), [case[1:] for case in UNREACHABLE], ids=[case[0] for case in UNREACHABLE]
)
@aio
async def test_where_it_cannot_be_read_nothing_is_read_for_a_while(answer: object, reason: str) -> None:
    answers = {"/": reply(PAGE), "/robots.txt": answer}
    async with serving(answers) as site, door_to(site, timeout=0.05) as door:
        for _ in range(3):
            with pytest.raises(FetchError) as failed:
                await door.get()
            assert failed.value.reason.startswith(reason)
            assert failed.value.url == f"{site.url}/"
        assert (site.asked, len(site.robots) <= 3) == ([], True)
        answers["/robots.txt"] = reply(status="404 Not Found")
        door.clock.seconds += 600
        assert (await door.page()).body == PAGE


@aio
async def test_a_wall_in_place_of_the_server_is_a_block() -> None:
    answers = {"/": reply(PAGE), "/robots.txt": reply(status="521 Unknown")}
    async with serving(answers) as site, door_to(site) as door:
        with pytest.raises(Blocked, match="jsl") as failed:
            await door.get()
    assert failed.value.status == 521
    assert (site.asked, len(site.robots)) == ([], 1)


@aio
async def test_the_last_copy_counts_while_the_server_is_down() -> None:
    answers: dict[str, object] = {"/": reply(PAGE), "/robots.txt": text(b"User-agent: *\nDisallow: /admin")}
    async with serving(answers) as site, door_to(site) as door:
        await door.page()
        answers["/robots.txt"] = reply(status="500 Oops")
        door.clock.seconds += 25 * HOURS
        assert (await door.page()).body == PAGE
        with pytest.raises(FetchError, match="disallows"):
            await door.get("/admin")
        assert len(site.robots) == 1 + 3
        answers["/robots.txt"] = reply(status="404 Not Found")
        answers["/admin"] = reply(PAGE)
        door.clock.seconds += 2 * HOURS
        assert (await door.page("/admin")).body == PAGE


@pytest.mark.parametrize(
    ("asked", "pause"), [("10", 10.0), ("1", 2.0), ("3600", 60.0), ("soon", 2.0), ("-5", 2.0), ("inf", 2.0)]
)
@aio
async def test_a_longer_pause_is_kept_within_reason(asked: str, pause: float) -> None:
    body = f"User-agent: *\nCrawl-delay: {asked}\n".encode()
    async with (
        serving({"/": reply(PAGE), "/robots.txt": text(body)}) as site,
        door_to(site, delay=2.0) as door,
    ):
        await door.page()
        await door.page()
    assert door.clock.slept == [pause, pause]


@aio
async def test_it_is_set_aside_for_a_written_reason_which_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    http = Http(source="mee", ignore_robots="信息公开条例要求公开，已与网站管理员联系")
    with caplog.at_level(logging.INFO, "monitor.fetch"):
        async with serving({"/": reply(PAGE), "/robots.txt": text(DISALLOW)}) as site, door_to(site) as door:
            await door.get(http=http)
            await door.get(http=http)
            with pytest.raises(FetchError, match="disallows"):
                await door.get(http=Http(source="other"))
    assert len(site.asked) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "fetch.robots_ignored source=mee why=信息公开条例要求公开，已与网站管理员联系"
    ]


@aio
async def test_a_budget_that_is_spent_sends_no_robots_request_either() -> None:
    async with serving({"/": reply(PAGE)}) as site, door_to(site, spent={"127.0.0.1": 3}, per_day=3) as door:
        with pytest.raises(FetchError, match="daily budget spent"):
            await door.get()
    assert site.robots == []


@aio
async def test_two_ways_to_a_host_do_not_share_what_they_could_not_read() -> None:
    answers = {"/": reply(PAGE), "/robots.txt": [b"", b"", b"", reply(status="404 Not Found")]}
    async with serving(answers) as site, door_to(site) as door:
        with pytest.raises(FetchError, match="connection closed"):
            await door.get()
        assert await door.page(http=Http(stdlib=True))
    assert len(site.robots) == 4


@aio
async def test_a_private_name_is_refused_and_not_merely_disallowed() -> None:
    async with door_to(Site({}), allow_hosts=frozenset()) as door:
        names(asyncio.get_running_loop(), ["10.0.0.1"])
        with pytest.raises(Refused):
            await door.get("http://evil.example/")
        assert door.fetcher.spent(NOW.date()) == {"evil.example": 2}


@aio
async def test_only_so_many_copies_are_kept() -> None:
    asked: list[str] = []

    async def load(url: str, _http: Http) -> Answer:
        asked.append(url)
        return Answer(url=url, status=404, headers={}, body=b"")

    robots = Robots(load, now=lambda: NOW, slow=lambda _host, _seconds: None)
    for number in (*range(MOST_COPIES + 1), MOST_COPIES, 0):
        host = f"h{number}.cn"
        await robots.permit(Target(f"https://{host}/x", "https", host, 443), Http(), STRAIGHT)
    assert len(asked) == MOST_COPIES + 2, "the newest is still known, the oldest is not"
    assert asked[-1] == "https://h0.cn/robots.txt"
