"""Words with points, found in a text in one pass. Talks to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WILD = "…"
_GAP = ".{0,60}?"


@dataclass(frozen=True, slots=True)
class Vote:
    """What one word says for (or against) a section."""

    section: str
    word: str
    points: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the words that count in one place, whichever section they speak for."""

    plain: re.Pattern[str] | None
    wild: tuple[tuple[str, re.Pattern[str]], ...]
    votes: Mapping[str, tuple[Vote, ...]]

    def votes_in(self, text: str) -> tuple[Vote, ...]:
        """The votes of every word in `text`, once a word; of overlapping words the longer speaks."""
        words = dict.fromkeys(self.plain.findall(text) if self.plain else ())
        words |= dict.fromkeys(word for word, pattern in self.wild if pattern.search(text))
        return tuple(vote for word in words for vote in self.votes[word])


def lexicon(votes: Iterable[Vote]) -> Lexicon:
    """Compile votes; words with … match over a gap and do not hide others."""
    by_word: dict[str, list[Vote]] = {}
    for vote in votes:
        by_word.setdefault(vote.word, []).append(vote)
    wild = [word for word in by_word if WILD in word]
    return Lexicon(
        plain=any_of([word for word in by_word if WILD not in word]),
        wild=tuple((word, re.compile(_GAP.join(map(re.escape, word.split(WILD))))) for word in wild),
        votes={word: tuple(found) for word, found in by_word.items()},
    )


def any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any of the words, longer ones first; None without words."""
    if not words:
        return None
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
