"""Between program and worker: whole messages of known shape, or none."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Blocked, EmptyListing, FetchError, ParseError, SourceError
from monitor.model import Attachment, Fact, Http, Listing, ListingItem, RawNotice, Request
from monitor.reader import wire
from monitor.reader.questions import Answer, WhatRows, bare
from tests.reader.pages import LIST, SOURCE, page

REQUEST = Request(
    url="http://a.cn/api", method="POST", form=(("page", "2"),), headers=(("Referer", "http://a.cn/"),)
)
ROW = ListingItem(
    url="http://a.cn/1.html",
    title="通知 \x01\uffff",
    published_on=date(2026, 9, 1),
    request=REQUEST,
    facts=(Fact(label="发文字号", value="〔2026〕1号"),),
)
SAID = [
    "trs",
    REQUEST,
    Listing(items=(ROW, ListingItem(url="http://a.cn/2", title="公告", published_on=None)), next=REQUEST),
    RawNotice(
        title="通知",
        body="一\n二",
        meta=ROW.facts,
        attachments=(Attachment(name="附件", url="http://a.cn/f.doc"),),
    ),
    ParseError("http://a.cn/", "no list on the page"),
    EmptyListing("http://a.cn/", "a list without a single row"),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: type(said).__name__)
def test_an_answer_arrives_as_it_was_given(said: Answer | ParseError) -> None:
    reply = wire.to_reply(wire.of_reply(wire.reply_with(7, said, last=True)))
    assert reply is not None
    assert (reply.number, reply.last) == (7, True)
    arrived = wire.said_by(reply)
    if isinstance(said, ParseError):
        assert (type(arrived), str(arrived)) == (type(said), str(said))
    else:
        assert arrived == said


@given(st.binary())
def test_any_other_bytes_are_no_reply(message: bytes) -> None:
    assert wire.to_reply(message) is None


def test_a_pickle_is_no_reply() -> None:
    assert wire.to_reply(pickle.dumps(wire.Reply(number=1, family="trs"))) is None


def test_a_proxy_and_its_password_stay_at_home() -> None:
    source = replace(SOURCE, http=Http(proxy="http://user:secret@proxy.example.org:3128"))
    question = WhatRows(page=page(LIST), source=source, family="generic")
    assert b"secret" in wire.of_task(wire.Task(number=1, question=question, seconds=1))
    assert b"secret" not in wire.of_task(wire.Task(number=1, question=bare(question), seconds=1))


@pytest.mark.parametrize(
    "error",
    [
        SourceError("http://a.cn/", "a"),
        FetchError("http://a.cn/", "gone", status=410),
        Blocked("http://a.cn/", "C3VK", status=200),
        EmptyListing("http://a.cn/", "no row"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_keeps_what_it_carries_when_it_is_pickled(error: SourceError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
