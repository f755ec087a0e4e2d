"""The page of a notice shows its last edit, and nothing that the page said becomes markup by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.diff import diff, meaning
from monitor.model import Intent, Validators, Verdict
from monitor.store import Settlement, Store
from tests.web.test_pages import EVIL, NOW, tell, web


def edit(store: Store) -> None:
    """The notice of `tell` says something else an hour later."""
    record = store.notices.record(1)
    assert record is not None
    now = replace(record.notice, body=f"请于10月31日前报送。{EVIL}", title=f"新标题{EVIL}")
    settlement = Settlement(
        posting_id=record.postings[0].id,
        notice_id=1,
        intent=Intent(
            notice=now,
            fingerprint=meaning(now),
            change=diff(record.notice, now),
            verdict=Verdict(section="政策文件", confidence=1.0),
        ),
        raw=None,
        validators=Validators(),
        reread_at=None,
        reading=None,
    )
    store.notices.apply([settlement], NOW + timedelta(hours=1))


def test_a_notice_that_was_edited_shows_how(tmp_path: Path) -> None:
    with web(tmp_path) as (client, store):
        tell(store)
        before = client.get("/notices/1").text
        edit(store)
        after = client.get("/notices/1").text
    assert "最近一次改动" not in before
    assert "最近一次改动" in after
    assert '<div class="diff">' in after
    assert "<ins>请于10月31日前报送。" in after
    assert ".diff del {" in after
    assert "<img src=x" not in after
