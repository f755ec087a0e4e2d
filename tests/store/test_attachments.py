"""What an address had, and what its bytes said, comes back as it was put in; the last word counts."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Validators
from monitor.store import FileAt, FileText, Store
from tests.store.make import DAY, HOUR, NOW

KEPT = FileAt(
    url="http://miit.example/1.docx",
    digest="ab" * 20,
    validators=Validators(etag='"1"', last_modified="Tue, 01 Sep 2026 00:00:00 GMT"),
    fetched_at=NOW,
)
FILE = FileText(
    digest="ab" * 20, size=4096, text="关于组织申报的通知\n请于9月30日前申报。", reason="", reader="1"
)


def test_an_address_that_was_never_asked_is_not_known(store: Store) -> None:
    assert store.attachments.known([]) == {}
    assert store.attachments.known([KEPT.url]) == {}
    assert store.attachments.files([FILE.digest]) == {}


def test_what_is_kept_comes_back_and_the_others_do_not(store: Store) -> None:
    other = FileAt(url="http://miit.example/2.docx", failures=2, retry_at=NOW + HOUR, reason="HTTP 404")
    for kept in (KEPT, other):
        store.attachments.keep(kept)
    assert store.attachments.known([KEPT.url, "http://miit.example/3.docx"]) == {KEPT.url: KEPT}
    assert store.attachments.known([KEPT.url, other.url]) == {KEPT.url: KEPT, other.url: other}


def test_the_last_word_on_an_address_counts(store: Store) -> None:
    store.attachments.keep(KEPT)
    failed = replace(KEPT, failures=1, retry_at=NOW + DAY, reason="HTTP 500")
    store.attachments.keep(failed)
    assert store.attachments.known([KEPT.url]) == {KEPT.url: failed}


def test_the_text_of_bytes_is_stored_once_and_a_better_reading_takes_its_place(store: Store) -> None:
    store.attachments.read(replace(FILE, text="", reason="文件有密码"))
    store.attachments.read(FILE)
    assert store.attachments.files([FILE.digest, "cd" * 20]) == {FILE.digest: FILE}
    assert dict(store.stats())["file"] == 1


def test_text_that_no_database_can_hold_is_made_to_fit(store: Store) -> None:
    store.attachments.read(replace(FILE, text="甲\x00乙\ud800"))
    assert store.attachments.files([FILE.digest])[FILE.digest].text == "甲\ufffd乙\ufffd"
