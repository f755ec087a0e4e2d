"""One mother for all processes that die here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.town import Town, town
from tests.process import Nursery, nursery


@pytest.fixture(scope="package")
def mother(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("processes"), runs="tests.crash.warm") as found:
        yield found


@pytest.fixture
def place(mother: Nursery) -> Iterator[Town]:
    with town(mother) as found:
        yield found
