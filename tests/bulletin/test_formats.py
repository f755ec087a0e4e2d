"""An issue on paper: everything is there, and what a page said stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from monitor.bulletin import FORMATS, render
from monitor.model import Attachment, Bulletin, Kind, Notice, UnreadSource
from tests.bulletin.make import NOTICE, PUBLISHER, issue, record

TEXTS = ("html", "md")  # docx and pdf have tests of their own

UNREAD = UnreadSource(
    id="dead",
    name="演示厅 · 通知",
    url="http://dead.example.cn/list",
    reason="连接被拒绝",
    since=datetime(2019, 9, 3, 20, 0, tzinfo=UTC),
)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> [点我](javascript:alert(1)) **粗** | 表 &lt;"
HOSTILE = Notice(
    url="javascript:alert(1)",
    title=EVIL,
    doc_number=EVIL,
    body=f"{EVIL}\n# 标题\n{EVIL} | {EVIL}",
    attachments=(
        Attachment(name=EVIL, url="data:text/html,x"),
        Attachment(name=EVIL, url='http://a.cn/"><b>'),
    ),
)
_FRAME = "html head meta title style body div header section article nav aside footer"
_WORDS = "p h1 h2 h3 ol ul li a table tr td br span"
_TAGS = frozenset(f"{_FRAME} {_WORDS}".split())


class Reader(HTMLParser):
    """Tags, link targets and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(made: Bulletin) -> Reader:
    reader = Reader()
    reader.feed(FORMATS["html"](made).decode())
    return reader


@pytest.mark.parametrize("form", TEXTS)
def test_an_issue_shows_publisher_number_contents_notices_links_and_last_words(form: str) -> None:
    made = issue(record(1), record(2, section="申报通知", kind=Kind.REVISED), unread=(UNREAD,))
    text = FORMATS[form](made).decode().replace("\\", "")
    for words in (
        "演示科技有限公司",
        "快 讯",
        "(2019) 0901期",
        "草稿",
        "目 录",
        "[政策文件]",
        "[申报通知]",
        "关于开展演示工作的通知（2）",
        "演〔2019〕1号",
        "一、总体要求",
        "相关链接：",
        "http://www.example.cn/art/1.html",
        "http://www.example.cn/f/1.doc",
        "2019年9月1日读取",
        "本期未能读取的信息源",
        "自 2019年9月4日 起，连接被拒绝",
        "http://dead.example.cn/list",
        "010-00000000",
        "www.example.cn",
    ):
        assert words in text, words


def test_the_contents_lead_to_the_notices() -> None:
    reader = read(issue(record(7)))
    assert "#notice-7" in reader.targets
    assert 'id="notice-7"' in FORMATS["html"](issue(record(7))).decode()


def test_a_published_issue_is_no_draft() -> None:
    assert "草稿" not in FORMATS["md"](replace(issue(record(1)), published=True)).decode()


@pytest.mark.parametrize("form", TEXTS)
def test_an_empty_issue_and_a_notice_that_could_not_be_read_say_so(form: str) -> None:
    assert "本期没有收录" in FORMATS[form](issue()).decode()
    unread = replace(record(1), notice=Notice(url="http://a.example.cn/1.pdf", title="甲", unread=True))
    assert "正文未能读取" in FORMATS[form](issue(unread)).decode()


@pytest.mark.parametrize("form", TEXTS)
def test_the_same_issue_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form](issue(record(1))) == FORMATS[form](issue(record(1)))


def test_what_a_page_said_is_never_markup_in_html() -> None:
    hostile = issue(
        replace(record(1), notice=HOSTILE, section="政策文件"),
        publisher=replace(PUBLISHER, name=EVIL, closing=EVIL),
        unread=(replace(UNREAD, name=EVIL, url="javascript:1", reason=EVIL),),
    )
    reader = read(hostile)
    assert reader.tags <= _TAGS
    assert not {name for name in reader.names if name.startswith("on")} | (reader.names & {"src", "style"})
    assert all(target.startswith(("#", "http://", "https://")) for target in reader.targets)
    assert "<script>alert(1)</script>" in reader.text


def test_what_a_page_said_is_never_markup_in_markdown() -> None:
    text = FORMATS["md"](issue(replace(record(1), notice=HOSTILE))).decode()
    assert "<script" not in text
    assert not re.search(r"(?<!\\)\]\((?!http)", text)
    assert "\n# 标题" not in text
    assert "**粗**" not in text


@pytest.mark.parametrize("form", TEXTS)
def test_a_template_is_nothing_to_the_other_forms(form: str) -> None:
    assert render(issue(record(1)), form, template=b"no docx") == FORMATS[form](issue(record(1)))


def test_the_page_needs_no_other_file() -> None:
    text = FORMATS["html"](issue(record(1))).decode()
    assert not re.search(r"<(?:link|script|img|iframe)|@import|url\(", text)
    assert NOTICE.title in text
