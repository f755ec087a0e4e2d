"""What differs on every fetch and means nothing: counters, stamps, tokens, the order of pinned rows.

Made from the number of the visit, never from a random source: the same visit always sees the same
noise, two visits never do. Each kind was seen on real sites. Talks to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TypeVar
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_WEEK = "一二三四五六日"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """The noise of one visit at one instant."""

    visit: int
    now: datetime

    @property
    def hits(self) -> int:
        """A hit counter that only ever grows."""
        return 1203 + 7 * self.visit

    @property
    def stamp(self) -> str:
        """The `?t=` of assets: the time of the last generation (MOST)."""
        return f"{self._local():%Y%m%d%H%M%S}{self.visit % 1000:03d}"

    @property
    def made(self) -> str:
        """The MakeTime meta of Hanweb, with milliseconds."""
        return f"{self._local():%Y-%m-%d %H:%M:%S}_{self.visit % 1000:03d}"

    @property
    def token(self) -> str:
        """A CSRF token (gkmlpt) or visit id: forty hexadecimal digits."""
        return self._digest("token", 20)

    @property
    def gateway(self) -> str:
        """The number that Fujian's IPv6 gateway puts into outside links, new at every build."""
        return f"x{int(self._digest('gateway', 4), 16):010d}xx.ipv6best.cn"

    @property
    def today(self) -> str:
        """The date in the page's head: a false date for a naive reader."""
        day = self._local()
        return f"今天是{day.year}年{day.month}月{day.day}日 星期{_WEEK[day.weekday()]}"

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same items in an order of this visit's own: rotated, every other time backwards."""
        turn = self.visit % len(items) if items else 0
        turned = [*items[turn:], *items[:turn]]
        return turned[::-1] if self.visit % 2 else turned

    def _local(self) -> datetime:
        return self.now.astimezone(_SHANGHAI)

    def _digest(self, purpose: str, size: int) -> str:
        return blake2b(f"{purpose}/{self.visit}".encode(), digest_size=size).hexdigest()
