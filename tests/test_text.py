"""Decoding whatever a server calls text, and making texts comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import clean, decode, fold, fold_lines, nfkc, squeeze_lines

NOTICE = "关于开展绿色制造名单推荐工作的通知"
# Marks that change in normal form, combine, vanish or divide, among any others.
MARKS = st.sampled_from("，：；（）！１Ａa关于…①ßé\u0301\u0323\u3000\u200b ") | st.characters(
    exclude_characters="\n"
)
LONG_HEAD = b"<html><head><script>" + b"var a=1;\n" * 2000 + b"</script>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(NOTICE.encode(), "", id="nothing declared, utf-8"),
        pytest.param(NOTICE.encode("gb18030"), "", id="nothing declared, gb18030"),
        pytest.param(
            b"\xef\xbb\xbf" + NOTICE.encode(), "text/html; charset=gbk", id="a bom outranks the header"
        ),
        pytest.param(b"\xff\xfe" + NOTICE.encode("utf-16-le"), "", id="utf-16 with bom"),
        pytest.param(b"\xfe\xff" + NOTICE.encode("utf-16-be"), "text/html", id="utf-16 big end first"),
        pytest.param(NOTICE.encode("gbk"), "text/html; charset=GB2312", id="header gb2312 means gb18030"),
        pytest.param(NOTICE.encode("gbk"), 'text/html; charset="gbk"', id="quoted charset"),
        pytest.param(NOTICE.encode(), "text/html; charset=ISO-8859-1", id="a mute header"),
        pytest.param(NOTICE.encode("gbk"), "text/html; charset=iso-8859-1", id="a mute header, gbk"),
        pytest.param(NOTICE.encode(), "text/html; charset=gb2312", id="header says gb2312, bytes are utf-8"),
        pytest.param(NOTICE.encode("gbk"), "text/html; charset=utf-8", id="header says utf-8, bytes are gbk"),
        pytest.param(NOTICE.encode(), "text/html; charset=no-such", id="a charset that is none"),
        pytest.param(NOTICE.encode(), "text/html; charset=hex", id="a codec that is no charset"),
    ],
)
def test_bytes_are_read_as_what_they_are(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == NOTICE


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
def test_a_meta_anywhere_in_the_head_is_found(charset: str) -> None:
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={charset}'>"
    body = LONG_HEAD + meta.encode() + "</head><body>朱镕基，联通".encode("gb18030")
    assert decode(body, "").endswith("朱镕基，联通")


def test_two_gbk_characters_that_are_valid_utf8_follow_the_declaration() -> None:
    assert decode("联通".encode("gbk"), "text/html; charset=gbk") == "联通"


def test_a_meta_inside_json_is_not_about_the_answer() -> None:
    body = '{"html":"<meta charset=gb2312>附件"}'.encode()
    assert decode(body, "") == body.decode()


def test_an_xml_declaration_counts() -> None:
    body = '<?xml version="1.0" encoding="gb2312"?><t>公告</t>'.encode("gb18030")
    assert "公告" in decode(body, "")


def test_a_cut_last_character_does_not_make_it_gb18030() -> None:
    assert decode(NOTICE.encode()[:-1], "") == NOTICE[:-1] + "\ufffd"


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    body = (NOTICE * 20).encode()
    assert decode(body[:300] + b"\xff" + body[300:], "text/html; charset=utf-8").count("\ufffd") == 1


@given(st.binary(), st.sampled_from(["", "text/html; charset=gbk", "charset=utf-16", "charset=undefined"]))
def test_decoding_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
def test_utf8_is_read_back_whole(said: str) -> None:
    assert decode(said.encode(), "text/html; charset=utf-8") == said


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("  关于\n\t印发　的\u00a0通知 ", "关于 印发 的 通知"),
        ("通\u200b知\ufeff", "通知"),
        ("a\x00b\ud800c", "abc"),
        ("\u202e通\u2067知\u2069\u200f", "通知"),
        ("通\u00ad知\u061c\u180e", "通知"),
        ("\uf0b7通\uf06c 知\U000f0001", "通 知"),
        ("\ue5e5\ue5e5一、通知", "一、通知"),
        ("一\ue5e5二", "一 二"),
        ("通\x85\x80知\ufffe\ufdd0", "通 知"),
        ("通\U000e0041知", "通知"),
        ("", ""),
        ("\u3000\u00a0\n", ""),
    ],
)
def test_clean_gives_one_line(said: str, line: str) -> None:
    assert clean(said) == line


@given(st.text())
def test_clean_twice_is_clean_once(said: str) -> None:
    assert clean(clean(said)) == clean(said)
    assert "\n" not in clean(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《办法》（2026年）", "《办法》(2026年) "),
        ("ＡＢＣ１２３", "abc123"),
        ("关 于\n通知", "关于通知"),
        ("时间：１０∶０８", "时间:10∶08"),
        ("通\u202e知\uf0b7", "通知"),
    ],
)
def test_fold_makes_widths_blanks_and_case_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_apart_what_differs() -> None:
    assert fold("关于印发办法的通知") != fold("关于废止办法的通知")


def test_squeeze_lines_drops_empty_lines_only() -> None:
    assert squeeze_lines(" 一、总体\n\n　　\n 二、 目标 \r\n") == "一、总体\n二、 目标"


@given(st.text(MARKS | st.just("\n")))
def test_nfkc_is_the_normal_form_of_unicode(said: str) -> None:
    assert nfkc(said) == unicodedata.normalize("NFKC", said)


@given(st.lists(st.text(MARKS)))
def test_lines_folded_together_are_lines_folded_one_by_one(said: list[str]) -> None:
    assert fold_lines(said) == [fold(line) for line in said]


@given(st.text(MARKS))
def test_clean_leaves_nothing_that_is_not_seen(said: str) -> None:
    assert clean(f"\u200b {said}\u00ad") == clean(said)
