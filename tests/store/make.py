"""Values for tests of the store, each complete and plain. Texts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.decide.breaker import Held, Part
from monitor.model import (
    Attachment,
    Bulletin,
    BulletinItem,
    BulletinSection,
    Change,
    Condition,
    Deadline,
    Decision,
    Fact,
    Intent,
    Kind,
    Level,
    ListingItem,
    Notice,
    Piece,
    Posting,
    Publisher,
    Request,
    Review,
    Source,
    Status,
    UnreadSource,
    Validators,
    Verdict,
)
from monitor.store import Correction, Lapsed, Noticed, Row, Settlement, Store

NOW = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def source(name: str = "miit") -> Source:
    """A configured source."""
    return Source(
        id=name,
        name="演示信息源",
        url=f"https://{name}.example/list",
        family="trs",
        level=Level.NATIONAL,
        region="全国",
    )


def item(name: str = "1", title: str = "关于组织申报的通知") -> ListingItem:
    """A row of a list."""
    return ListingItem(url=f"https://miit.example/{name}", title=title, published_on=date(2026, 9, 1))


def row(name: str = "1", title: str = "关于组织申报的通知", *, baseline: bool = False) -> Row:
    """A row with its key."""
    return Row(key=f"miit.example/{name}", item=item(name, title), baseline=baseline)


def json_item() -> ListingItem:
    """A row of a JSON site, with everything that a row can have."""
    return ListingItem(
        url="https://miit.example/a",
        title="通知",
        published_on=None,
        request=Request(
            url="https://miit.example/api", method="POST", form=(("id", "1"),), headers=(("X", "y"),)
        ),
        facts=(Fact(label="索引号", value="000/2026-1"),),
    )


def notice(title: str = "关于组织申报的通知") -> Notice:
    """A notice with everything that a notice can have."""
    return Notice(
        url="https://miit.example/1",
        title=title,
        doc_number="演示函〔2026〕1号",
        index_number="000/2026-1",
        issuers=("演示部门", "演示办公室"),
        signed_on=date(2026, 8, 30),
        published_on=date(2026, 9, 1),
        effective_on=date(2026, 10, 1),
        deadlines=(
            Deadline(date=date(2026, 9, 30), time="24:00", what="申报", kind="申报", raw="9月30日24时前"),
            Deadline(date=date(2026, 10, 8), time=None, what="报送", kind="报送"),
        ),
        contacts=("演示联系人 010-00000000",),
        body="【演示文本，非官方文件】\n请按要求申报。",
        attachments=(Attachment(name="申报表.docx", url="https://miit.example/1.docx"),),
    )


def intent(
    kind: Kind | None = Kind.NEW, *, title: str = "关于组织申报的通知", section: str = "申报通知"
) -> Intent:
    """What the core decided; `kind` None is a version without a change."""
    return Intent(
        notice=notice(title),
        fingerprint=f"1:{title}",
        change=None if kind is None else Change(kind=kind, fields=("title",), summary="标题有变"),
        verdict=Verdict(section=section, confidence=0.9, because=("题名含“申报”",)),
    )


def settlement(
    posting_id: int,
    *,
    notice_id: int | None = None,
    decided: Intent | None = None,
    reread_at: datetime | None = None,
) -> Settlement:
    """A settlement; without a decision the posting becomes a new notice."""
    return Settlement(
        posting_id=posting_id,
        notice_id=notice_id,
        intent=decided or intent(),
        raw="ab12",
        validators=Validators(etag='"1"', last_modified="Tue, 01 Sep 2026 00:00:00 GMT"),
        reread_at=reread_at,
        reading=None,
    )


def apply(store: Store, *settlements: Settlement, at: datetime = NOW) -> tuple[int, ...]:
    """Settle; the notice of each. None of them may have been refused."""
    settled = store.notices.apply(settlements, at)
    return tuple(each.notice_id for each in settled if each is not None)


def noticed(reason: str) -> Noticed:
    """A trouble of the source, not known before."""
    return Noticed(id=None, source_id="miit", condition=Condition.FAILING, reason=reason, since=NOW)


def doubtful(reason: str, source_id: str = "miit", *, part: Part = Part.LIST) -> Held:
    """Something that is held of a source."""
    return Held(
        source_id=source_id,
        part=part,
        since=NOW,
        reason=reason,
        before=("2026-09-01 关于组织申报的通知",),
        after=("2026-09-02 动态", "无日期 动态"),
        rows_fingerprint="1:rows",
        raw="ab12",
    )


def piece(number: int = 1, channel: str = "editors") -> Piece:
    """A message."""
    return Piece(
        channel=channel,
        recipient="编辑@example.org",
        number=number,
        of=2,
        subject="摘要",
        text="正文",
        html="<p>正文</p>",
    )


def lapsed(*deliveries: int) -> Lapsed:
    """Pieces of the daily digest for the editors that died, with nothing in them to tell anew."""
    return Lapsed(digest="daily", channel="editors", recipient="", deliveries=deliveries, changes=())


def review(notice_id: int, decision: Decision = Decision.KEEP, *, section: str | None = None) -> Review:
    """An editor's decision."""
    return Review(notice_id=notice_id, decision=decision, section=section, why="重要", who="编辑", at=NOW)


def bulletin(n: int = 1, *, until: datetime = NOW) -> Bulletin:
    """An issue with everything that an issue can have."""
    return Bulletin(
        number=f"(2026) 09{n:02d}期",
        key=f"2026-09{n:02d}",
        publisher=Publisher(name="演示公司", phone="010-00000000", site="https://example.org", closing="完"),
        since=NOW - 7 * DAY,
        until=until,
        sections=(
            BulletinSection(
                name="申报通知", items=(BulletinItem(notice_id=1, notice=notice(), note="请留意"),)
            ),
            BulletinSection(name="政策文件", items=()),
        ),
        unread_sources=(
            UnreadSource(id="miit", name="演示信息源", url="https://x.example", reason="超时", since=NOW),
            UnreadSource(id="ndrc", name="演示信息源二", url="https://y.example", reason="拦截", since=None),
        ),
        published=True,
    )


def watch(store: Store, *names: str) -> None:
    """Make sources known, due now."""
    store.sources.ensure([source(name) for name in names], NOW)


def see(store: Store, *rows: Row, at: datetime = NOW, source_id: str = "miit") -> int:
    """Show the store a list page."""
    return store.sources.seen(
        source_id,
        rows,
        now=at,
        rows_fingerprint="1:rows",
        validators=Validators(),
        horizon=None,
        baseline_at=None,
    )


def end_check(store: Store, status: Status = Status.OK, *, at: datetime = NOW, reason: str = "") -> None:
    """End a check of `miit`."""
    store.sources.checked(
        "miit",
        status=status,
        reason=reason,
        items=20,
        family=None,
        now=at,
        next_check_at=at + 2 * HOUR,
        validators=None,
    )


def owe(store: Store, *names: str, at: datetime = NOW) -> tuple[Posting, ...]:
    """List rows of these names at `miit`; everything that is owed there."""
    watch(store, "miit")
    see(store, *(row(name) for name in reversed(names)), at=at)
    return store.notices.owed("miit", at, 100)


def tell_of(store: Store, kind: Kind = Kind.NEW, *, at: datetime = NOW, section: str = "申报通知") -> int:
    """A notice of its own with one change; the notice's id."""
    name = f"n{store.notices.counts().postings}"
    posting = owe(store, name, at=at)[-1]
    decided = intent(kind, title=f"通知 {name}", section=section)
    (notice_id,) = apply(store, settlement(posting.id, decided=decided), at=at)
    return notice_id


def change_again(
    store: Store, notice_id: int, kind: Kind | None, *, at: datetime = NOW, title: str = "新的题名"
) -> None:
    """One more state of a notice, with a change unless `kind` is None."""
    record = store.notices.record(notice_id)
    assert record is not None
    decided = replace(intent(kind, title=title), verdict=record.verdict)
    store.notices.apply([settlement(record.postings[0].id, notice_id=notice_id, decided=decided)], at)


def correction(store: Store, title: str, *, of: int = 1) -> Correction:
    """A better reading of a notice's newest version: its title."""
    version = store.notices.latest(of)
    assert version is not None
    better = replace(version, notice=replace(version.notice, title=title), fingerprint=f"1:{title}")
    return Correction(notice_id=of, version=better, verdict=None)
