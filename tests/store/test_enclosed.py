"""Files go into the outbox with a piece and come out as they were."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import File
from monitor.store import Store
from monitor.store.enclosed import files_json, read_files
from tests.store.make import NOW, piece

FILES = st.builds(
    File, name=st.text(st.characters(exclude_categories=["Cs"])), kind=st.just("a/b"), content=st.binary()
)


@given(st.lists(FILES, max_size=3).map(tuple))
def test_they_come_back_as_they_were(files: tuple[File, ...]) -> None:
    assert read_files(files_json(files)) == files


def test_a_delivery_has_the_files_of_its_piece(store: Store) -> None:
    store.outbox.begin(["daily"], NOW)
    ics = File(name="申报截止日程.ics", kind="text/calendar", content=b"\x00\xff")
    store.outbox.tell("daily", [], [replace(piece(1), attachments=(ics,)), piece(2)], NOW)
    assert [each.piece.attachments for each in store.outbox.deliveries(2)] == [(), (ics,)]
