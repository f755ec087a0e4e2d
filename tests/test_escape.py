"""The gate out: whatever a page says arrives as characters, never as markup, header, path or address."""

from __future__ import annotations

import html as stdlib_html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor import escape
from monitor.text import clean

HOSTILE = [
    "[点我](http://evil)",
    "<@all>",
    "<font color=red>红</font>",
    "{{ 7*7 }}",
    "a\r\nBcc: x@y",
    "`*_#~|\\",
]
anything = st.text(st.characters(codec=None) | st.sampled_from("[]()<>@*`_#&\\\r\n\u202e\ud800|~%"))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[点我](http://evil)", "［点我］（http://evil）"),
        ("<@all>", "＜＠all＞"),
        ('<font color="red">', '＜font color="red"＞'),
        ("&lt;a&gt;", "＆lt;a＆gt;"),
        ("a\r\n# b", "a ＃ b"),
        ("关于《办法》的通知（2019年）", "关于《办法》的通知（2019年）"),
    ],
)
def test_wecom_shows_markup_as_full_width_twins(said: str, shown: str) -> None:
    assert escape.wecom(said) == shown


@given(anything)
def test_nothing_that_wecom_could_read_as_markup_is_left(text: str) -> None:
    shown = escape.wecom(text)
    assert not set(shown) & set("[]()<>@*`_#&\\\r\n")
    shown.encode()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@given(anything)
@example("&lt;a href=x&gt;")
def test_html_shows_the_text_itself_and_no_element(text: str) -> None:
    page = _Text()
    page.feed(escape.html(text))
    page.close()
    assert page.tags == []
    assert page.text == stdlib_html.unescape(escape.html(text))
    assert re.sub(r"\W", "", page.text) == re.sub(r"[\W\ud800-\udfff]", "", text)


@given(anything)
def test_a_header_is_one_printable_line_of_at_most_200(text: str) -> None:
    line = escape.header(text)
    assert len(line) <= 200
    assert line.splitlines() in ([], [line])
    assert line == clean(line)
    line.encode()


def test_a_long_header_says_that_it_goes_on() -> None:
    assert escape.header("通" * 201) == "通" * 199 + "…"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (
            "https://www.miit.gov.cn/n1146295/c1/content.html",
            "https://www.miit.gov.cn/n1146295/c1/content.html",
        ),
        ("http://a.cn", "http://a.cn/"),
        ("http://a.cn/通知 (1).html", "http://a.cn/%E9%80%9A%E7%9F%A5%20%281%29.html"),
        ("http://a.cn/?a=1&b=<c>#d", "http://a.cn/?a=1&b=%3Cc%3E#d"),
        ("http://a.cn/%C4%E3.html", "http://a.cn/%C4%E3.html"),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
        ("http://a.cn/\r\nx", "http://a.cn/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.cn/x", ""),
        ("http://user:pw@a.cn/", ""),
        ("http://[::1", ""),
        ("http://a.cn)[x](http://evil/", ""),
        ("", ""),
    ],
)
def test_a_link_is_an_address_of_the_web_or_nothing(url: str, safe: str) -> None:
    assert escape.link(url) == safe


@given(st.builds("{}{}".format, st.sampled_from(["http://", "https://a.cn/", "", "ftp://"]), anything))
def test_a_link_ends_where_it_ends_in_every_markup(url: str) -> None:
    safe = escape.link(url)
    assert not set(safe) & set("()<>[]\"'`\\ \t\r\n*")
    assert escape.link(safe) == safe


MARKS = r"(?<!\\)(?:\\\\)*[*_\[\]`|~]"


@given(anything)
@example("# a")
@example("1. a\n    code")
@example("a\n===\n- b\n+ c")
def test_markdown_has_no_mark_of_its_own_left(text: str) -> None:
    written = escape.markdown(text)
    assert not re.search(MARKS, written)
    assert not set(written) & {"<", ">"}
    assert not any(re.match(r"[ \t#+=-]|\d+[.)]", line) for line in written.split("\n"))
    plain = stdlib_html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written))
    assert "".join(plain.split()) == "".join(stdlib_html.unescape(escape.html(text)).split())


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("(2019) 0901期", "(2019) 0901期"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("con.txt", "_con.txt"),
        ("..", "未命名"),
        ("a\x00b\n", "a b"),
        ("附件：表<1>.docx", "附件：表_1_.docx"),
    ],
)
def test_a_file_name_stays_in_its_folder(said: str, name: str) -> None:
    assert escape.file_name(said) == name


@given(anything)
def test_a_file_name_is_never_empty_too_long_or_a_path(text: str) -> None:
    name = escape.file_name(text)
    assert name
    assert name not in (".", "..")
    assert not set(name) & set("/\\\x00\n")
    assert len(name.encode()) <= escape.FILE_NAME_LIMIT + 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("联系人电话13812345678。", "联系人电话138****5678。"),
        ("138-1234-5678", "138-****-5678"),
        ("+86 138 1234 5678", "+86 138 **** 5678"),
        ("身份证号11010119900101123X", "身份证号110101********123X"),
        ("账号6222020012345678901", "账号6222********5678"),
        ("6222 0200 1234 5678", "6222********5678"),
        ("电话010-62227852", "电话010-62227852"),
        ("工信部节〔2019〕188号，2019-08-30至2019-09-06", "工信部节〔2019〕188号，2019-08-30至2019-09-06"),
        ("索引号000014672/2019-00123", "索引号000014672/2019-00123"),
    ],
)
def test_numbers_of_persons_are_masked_and_others_stay(said: str, shown: str) -> None:
    assert escape.mask(said) == shown


@pytest.mark.parametrize("said", HOSTILE)
def test_masking_changes_nothing_else(said: str) -> None:
    assert escape.mask(said) == said
