"""Before/after pairs of pages with the verdict in the name (see pair.py): edits.py, noise.py, lists.py."""

from tests.pairs import edits, lists, noise
from tests.pairs.pair import PAIRS, Pair, source_of

__all__ = ["PAIRS", "Pair", "edits", "lists", "noise", "source_of"]
