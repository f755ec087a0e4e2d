"""What goes wrong between a site and its visitor: what the site suffers, and one answer in twenty by chance.

An answer is spoilt in a way that can be told from a good one, or its status says so; spoilt answers are not
in the book. Chance is made from the number of the visit to the host, so that a seed plays the same again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from monitor.demo.exchange import Answer, html, not_found
from monitor.demo.sim.acts import Act

FAULTY = 0.05
CHALLENGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><script>var $_ts={};'
    "$_ts.cd='qqqq';</script></head><body></body></html>"
)


class Fault(StrEnum):
    """One way of spoiling an answer."""

    NONE = ""
    SERVER = "500"
    GATEWAY = "502"
    BUSY = "503"
    HURRY = "429"
    CLOSED = "closed"
    CUT = "cut"  # fewer bytes than announced
    HALF = "half"  # half a page that says it is whole
    CHALLENGE = "challenge"
    WALL = "wall"  # a challenge that says 200
    ABSENT = "absent"  # not here, this once
    HANG = "hang"
    SLOW = "slow"  # late, but well
    MISLABELLED = "mislabelled"  # well, but said to be in another charset


WELL = (Fault.NONE, Fault.SLOW, Fault.MISLABELLED)
_BY_CHANCE = (
    *(Fault.SERVER, Fault.GATEWAY, Fault.BUSY, Fault.HURRY, Fault.CLOSED, Fault.CUT, Fault.HALF),
    *(Fault.CHALLENGE, Fault.WALL, Fault.MISLABELLED, Fault.ABSENT),
)
_SUFFERED = {
    Act.OUTAGE: Fault.CLOSED,
    Act.CHALLENGE: Fault.CHALLENGE,
    Act.BURST: Fault.BUSY,
    Act.HANG: Fault.HANG,
    Act.SLOW: Fault.SLOW,
}
_STATUS = {Fault.SERVER: 500, Fault.GATEWAY: 502, Fault.BUSY: 503, Fault.HURRY: 429}


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather of a run."""

    seed: int
    faulty: float = FAULTY

    def fault(self, host: str, visit: int, suffers: set[Act]) -> Fault:
        """How the answer to this visit is spoilt."""
        for act, fault in _SUFFERED.items():
            if act in suffers:
                return fault
        drawn = int.from_bytes(blake2b(f"{self.seed}/{host}/{visit}".encode(), digest_size=8).digest(), "big")
        if drawn / 2**64 >= self.faulty:
            return Fault.NONE
        return _BY_CHANCE[drawn % len(_BY_CHANCE)]


def spoilt(answer: Answer, fault: Fault) -> Answer:
    """The answer as the fault leaves it, as far as its bytes go."""
    if fault in _STATUS:
        return html(f"<html><body><h1>{fault} Error</h1></body></html>", status=_STATUS[fault])
    if fault is Fault.CHALLENGE:
        return html(CHALLENGE, status=412)
    if fault is Fault.WALL:
        return html(CHALLENGE)
    if fault is Fault.ABSENT:
        return not_found()
    if fault is Fault.HALF:
        return replace(answer, body=answer.body[: len(answer.body) // 2])
    if fault is Fault.MISLABELLED:
        kept = tuple((name, said.replace("utf-8", "gb2312")) for name, said in answer.headers)
        return replace(answer, headers=kept)
    return answer
