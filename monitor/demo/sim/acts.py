"""What can happen to a column: to one notice, to its list, to the whole site, to the wire in front of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """One kind of event. What lasts has an end (`until`), the other kinds happen at an instant."""

    # to a notice
    PUBLISH = "publish"
    AMOUNT = "amount"  # a number in the text
    LINE = "line"  # a sentence added
    PHONE = "phone"
    TITLE = "title"  # corrected on the page and in the list
    DUE = "due"  # the deadline moved
    FILE = "file"  # other bytes behind the same link
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    CHANGE = "change"  # A → B, to go back later
    BACK = "back"  # … → A
    REPUBLISH = "republish"  # today's date on yesterday's text
    # to the list, meaning nothing
    PIN = "pin"
    ORDER = "order"  # by day where it was by hour
    LOOK = "look"  # another template, the same rows
    # to the pages, meaning nothing
    DRESS = "dress"  # another template, the same text
    MOVE = "move"  # every address is another one, the old ones are gone
    MOVE_ON = "move_on"  # … the old ones lead on
    # to be doubted
    SWAP = "swap"  # the list shows other rows altogether
    GARBLE = "garble"  # every title is a number
    MESS = "mess"  # every title is a misread charset
    REDATE = "redate"  # every date is another one, for good
    TEMPLATE = "template"  # every page says more than its text, for good
    # silent breaks
    FREEZE = "freeze"  # the site goes on publishing, but not here
    EMPTY = "empty"
    SHRINK = "shrink"
    # on the wire
    OUTAGE = "outage"
    CHALLENGE = "challenge"
    BURST = "burst"  # 5xx
    SLOW = "slow"
    HANG = "hang"
    LOST = "lost"  # every page is 404, the list stands


EDITS = (Act.AMOUNT, Act.LINE, Act.PHONE, Act.TITLE, Act.DUE, Act.FILE, Act.CHANGE, Act.BACK)
STRANGE = (Act.SWAP, Act.GARBLE, Act.MESS)
MOVES = (Act.MOVE, Act.MOVE_ON)
FOR_GOOD = (Act.REDATE, Act.TEMPLATE)
SILENT = (Act.FREEZE, Act.EMPTY, Act.SHRINK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happens to a column; `notice` is a number within it, `much` how much of it happens."""

    at: datetime
    act: Act
    notice: int = -1
    until: datetime | None = None
    much: int = 0
