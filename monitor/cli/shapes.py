"""The JSON shapes of CONTRACT, written once. Unknown is null or []."""

from __future__ import annotations

from datetime import date, datetime

from monitor.jobs.rooms import Checked
from monitor.model import (
    ChangeRecord,
    Delivery,
    Link,
    Notice,
    NoticeRecord,
    Posting,
    RawNotice,
    Review,
    Source,
    SourceState,
    Version,
)

Json = dict[str, object]


def notice_json(notice: Notice) -> Json:
    """NOTICE without its id."""
    return {
        "url": notice.url,
        "title": notice.title,
        "doc_number": notice.doc_number,
        "printed_number": notice.printed_number,
        "index_number": notice.index_number,
        "issuers": list(notice.issuers),
        "bodies": list(notice.bodies),
        "signed_on": day(notice.signed_on),
        "published_on": day(notice.published_on),
        "effective_on": day(notice.effective_on),
        "deadlines": [
            {
                "date": day(d.date),
                "time": d.time,
                "what": d.what,
                "kind": d.kind,
                "raw": d.raw,
                "place": d.place or None,
            }
            for d in notice.deadlines
        ],
        "contacts": list(notice.contacts),
        "attachments": [
            {"name": a.name, "url": a.url, "digest": a.digest or None} for a in notice.attachments
        ],
        "body": notice.body,
        "unread": notice.unread,
        "doubts": [{"field": doubt.field, "why": doubt.why} for doubt in notice.doubts],
    }


def change_json(record: ChangeRecord) -> Json:
    """CHANGE with its NOTICE."""
    notice = notice_json(record.notice)
    return {
        "id": record.id,
        "kind": record.kind.value,
        "at": moment(record.at),
        "source": record.source_id,
        "section": record.section,
        "summary": record.summary,
        "fields": list(record.fields),
        "because": list(record.verdict.because),
        "confidence": record.verdict.confidence,
        "review": review_json(record.review) if record.review else None,
        "notice": {"id": record.notice_id, **notice, "sources": list(record.sources)},
    }


def record_json(record: NoticeRecord) -> Json:
    """NOTICE with its versions, postings, changes, decisions and deliveries."""
    return {
        "id": record.id,
        **notice_json(record.notice),
        "section": record.section,
        "confidence": record.verdict.confidence,
        "because": list(record.verdict.because),
        "sources": list(dict.fromkeys(posting.source_id for posting in record.postings)),
        "versions": [version_json(version) for version in record.versions],
        "postings": [posting_json(posting) for posting in record.postings],
        "links": [link_json(link, record.id) for link in record.links],
        "changes": [
            {"id": c.id, "kind": c.kind.value, "at": moment(c.at), "summary": c.summary}
            for c in record.changes
        ],
        "reviews": [review_json(review) for review in record.reviews],
        "deliveries": [delivery_json(delivery) for delivery in record.deliveries],
    }


def link_json(link: Link, of: int) -> Json:
    """A notice that the notice `of` is linked to. `relation` is what `from` is to `to`."""
    other = link.to_id if link.from_id == of else link.from_id
    return {
        "notice": other,
        "title": link.title,
        "relation": link.relation.value,
        "from": link.from_id,
        "to": link.to_id,
    }


def version_json(version: Version) -> Json:
    """One state of a notice."""
    return {
        "id": version.id,
        "at": moment(version.at),
        "fingerprint": version.fingerprint,
        "raw": version.raw,
        "notice": notice_json(version.notice),
    }


def posting_json(posting: Posting) -> Json:
    """Where a notice stands."""
    return {
        "source": posting.source_id,
        "url": posting.item.url,
        "title": posting.item.title,
        "published_on": day(posting.item.published_on),
        "first_seen": moment(posting.first_seen_at),
        "last_read": moment(posting.last_read_at),
        "settled": posting.settled,
        "gone_since": moment(posting.gone_at),
        "unsteady_since": moment(posting.unsteady_since),
    }


def review_json(review: Review) -> Json:
    """An editor's decision."""
    return {
        "decision": review.decision.value,
        "section": review.section,
        "why": review.why,
        "who": review.who,
        "at": moment(review.at),
    }


def delivery_json(delivery: Delivery) -> Json:
    """A piece and what became of it."""
    return {
        "id": delivery.id,
        "digest": delivery.digest,
        "channel": delivery.piece.channel,
        "recipient": delivery.piece.recipient,
        "piece": f"{delivery.piece.number}/{delivery.piece.of}",
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "answer": delivery.answer,
        "sent_at": moment(delivery.sent_at),
    }


def source_json(source: Source, state: SourceState | None) -> Json:
    """A source as configured, and how it is doing."""
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "family": source.family or (state.family if state else None),
        "level": source.level.value,
        "region": source.region,
        "every": int(source.every.total_seconds()),
        "replaces": list(source.replaces),
        "enabled": source.enabled,
        "note": source.note,
        "status": state.status.value if state and state.status else None,
        "reason": state.reason if state else "",
        "since": moment(state.since) if state else None,
        "items": state.items if state else 0,
        "failures": state.failures if state else 0,
        "last_checked": moment(state.last_checked_at) if state else None,
        "last_good": moment(state.last_good_at) if state else None,
        "next_check": moment(state.next_check_at) if state else None,
    }


def checked_json(checked: Checked) -> Json:
    """How a check of one source ended."""
    return {
        "id": checked.id,
        "status": checked.status.value,
        "items": checked.items,
        "new": checked.new,
        "error": checked.error or None,
    }


def raw_json(raw: RawNotice) -> Json:
    """The strings of a page as found, for whoever writes a family."""
    return {
        "title": raw.title,
        "facts": {fact.label: fact.value for fact in raw.facts},
        "meta": {fact.label: fact.value for fact in raw.meta},
    }


def day(value: date | None) -> str | None:
    """YYYY-MM-DD or null."""
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    """An ISO 8601 instant in UTC or null."""
    return value.isoformat(timespec="seconds") if value else None
