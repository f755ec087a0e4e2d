"""What operators are told of the outbox: escaped everywhere, and never longer than a channel takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.digest.note import Note, compose_notes
from monitor.model import Address, Form, Piece

LIMITS = {Form.WECOM: 4096, Form.TEXT: 2048}
NOTES = st.lists(
    st.builds(
        Note, heading=st.text(max_size=900), lines=st.lists(st.text(max_size=900), max_size=4).map(tuple)
    ),
    min_size=1,
    max_size=40,
)


def composed(notes: list[Note], form: Form, subject: str = "【快讯】渠道 bot：3 件未送达") -> Piece:
    address = Address(channel="ops", form=form, recipient="")
    (piece,) = compose_notes(subject, notes, addresses=[address], closing="怎么办：试发。")
    return piece


@given(NOTES, st.sampled_from(list(LIMITS)))
def test_a_chat_message_is_within_its_bytes(notes: list[Note], form: Form) -> None:
    text = composed(notes, form).text
    assert len(text.encode()) <= LIMITS[form]
    assert text.rstrip().endswith("怎么办：试发。")


def test_what_does_not_fit_is_counted() -> None:
    notes = [Note(heading=f"第{number}项", lines=("字" * 100,)) for number in range(30)]
    text = composed(notes, Form.TEXT).text
    shown = text.count("第")
    assert 0 < shown < 30
    assert f"另有 {30 - shown} 项" in text


@pytest.mark.parametrize("title", ["[点我](http://evil)", "<@all>", "<b>&lt;", "a\r\nBcc: b"])
def test_what_a_page_or_a_provider_said_is_literal(title: str) -> None:
    piece = composed([Note(heading=title, lines=(title,))], Form.MAIL, subject=title)
    assert "<b>" not in piece.html
    assert "<@all>" not in piece.html
    assert "\n" not in piece.subject
    wecom = composed([Note(heading=title, lines=(title,))], Form.WECOM).text
    assert "](http" not in wecom
    assert "<@" not in wecom
    assert "\nBcc" not in wecom


def test_a_mail_has_everything() -> None:
    notes = [Note(heading=f"第{number}项", lines=("https://a.cn/" + "x" * 600,)) for number in range(30)]
    piece = composed(notes, Form.MAIL)
    assert piece.text.count("x" * 600) == piece.html.count("x" * 600) == 30


def test_an_address_in_a_chat_is_whole_or_left_out() -> None:
    short, long = "https://a.cn/1.html", "https://a.cn/" + "x" * 600
    text = composed([Note(heading="通知", lines=(short, long))], Form.TEXT).text
    assert short in text
    assert "xx" not in text
