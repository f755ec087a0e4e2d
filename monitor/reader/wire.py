"""What goes between the program and its parsing worker: messages, each behind its length.

The worker believes the program: a task is a pickle. The program does not believe the worker, in which
a stranger's page has been in the hands of a parser written in C: a reply is JSON, checked field by field.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from monitor.errors import EmptyListing, ParseError
from monitor.model import Listing, RawNotice, Request
from monitor.reader.questions import Answer, Question, Words

_LENGTH = struct.Struct("!I")
HEAD = _LENGTH.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A question with its number, and the seconds after which the worker ends itself over it."""

    number: int
    question: Question
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A ParseError, or an EmptyListing, on its way between two processes."""

    url: str
    reason: str
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to the question of this number: one of the next six. Number 0 says "ready".

    `last` says that the worker ends after it.
    """

    number: int
    family: str | None = None
    listing: Listing | None = None
    request: Request | None = None
    notice: RawNotice | None = None
    words: Words | None = None
    trouble: Trouble | None = None
    last: bool = False


_REPLY = TypeAdapter(Reply)


def reply_with(number: int, said: Answer | ParseError, *, last: bool) -> Reply:
    """What was answered, or why not, as a reply."""
    match said:
        case Listing():
            return Reply(number=number, listing=said, last=last)
        case Request():
            return Reply(number=number, request=said, last=last)
        case RawNotice():
            return Reply(number=number, notice=said, last=last)
        case Words():
            return Reply(number=number, words=said, last=last)
        case str():
            return Reply(number=number, family=said, last=last)
        case ParseError(url=url, reason=reason):
            trouble = Trouble(url=url, reason=reason, empty=isinstance(said, EmptyListing))
            return Reply(number=number, trouble=trouble, last=last)


def said_by(reply: Reply) -> Answer | ParseError | None:
    """What a reply answers; None where it answers nothing."""
    if reply.trouble:
        kind = EmptyListing if reply.trouble.empty else ParseError
        return kind(reply.trouble.url, reply.trouble.reason)
    return reply.listing or reply.request or reply.notice or reply.words or reply.family


def framed(message: bytes) -> bytes:
    """A message with its length in front."""
    return _LENGTH.pack(len(message)) + message


def length(head: bytes | bytearray) -> int:
    """How many bytes follow the first `HEAD` ones."""
    size: int = _LENGTH.unpack_from(head)[0]
    return size


def of_task(task: Task) -> bytes:
    """A task as bytes."""
    return pickle.dumps(task, pickle.HIGHEST_PROTOCOL)


def of_reply(reply: Reply) -> bytes:
    """A reply as bytes; ValueError for text that is no Unicode."""
    return _REPLY.dump_json(reply)


def next_task(stream: BinaryIO) -> Task | None:
    """The next task; None when the program has gone, even in the middle of a task."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    pickled = stream.read(length(head))
    if len(pickled) < length(head):
        return None
    task: Task = pickle.loads(pickled)  # noqa: S301 - from our own program
    return task


def to_reply(message: bytes) -> Reply | None:
    """The reply in some bytes; None where they are none."""
    try:
        return _REPLY.validate_json(message)
    except ValidationError:
        return None
