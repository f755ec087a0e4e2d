"""The scoreboard of `kuaixun evaluate`, for people and as JSON. Talks to nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor.classify import OTHER
from monitor.cli.tables import plain, table
from monitor.decide.score import Field, Filing, Share, accuracy, lost, recall, spared, tally

if TYPE_CHECKING:
    from monitor.cli.evaluate import Scored

Json = dict[str, object]
WORDS = {
    Field.NUMBER: "发文字号",
    Field.ISSUERS: "发文机关",
    Field.SIGNED: "成文日期",
    Field.PUBLISHED: "发布日期",
    Field.EFFECTIVE: "施行日期",
    Field.DEADLINES: "截止日期",
    Field.ATTACHMENTS: "附件",
    Field.CONTACTS: "联系方式",
    Field.DEADLINE_TIMES: "截止日期+时刻",
    Field.DEADLINE_KINDS: "截止日期+类型",
}


def board(scored: Scored) -> Iterator[str]:
    """The scoreboard as lines for a terminal."""
    yield f"样本 {scored.rows} 行"
    if scored.outcomes:
        yield ""
        yield from _fields(scored)
    if scored.filings:
        yield ""
        yield from _filing(scored)


def board_json(scored: Scored) -> Json:
    """The scoreboard as one document; a quotient of nothing is null."""
    return {
        "rows": scored.rows,
        "fields": [_field_json(scored, field) for field in scored.fields],
        "cited_taken": list(scored.cited),
        "sections": _sections_json(scored) if scored.filings else None,
    }


def _fields(scored: Scored) -> Iterator[str]:
    rows = []
    for field in scored.fields:
        sums = tally(scored.outcomes, field)
        quotients = [_percent(sums.precision), _percent(sums.recall), _percent(sums.f1)]
        rows.append([WORDS[field], *quotients, str(sums.hits), str(sums.given), str(sums.wanted), ""])
    yield table(("字段", "精确率", "召回率", "F1", "正确", "读出", "标注", ""), rows)
    if scored.cited:
        yield f"误取引用文号：{'、'.join(scored.cited)}"
    wrong = [outcome for outcome in scored.outcomes if outcome.missed or outcome.extra]
    for field in scored.fields:
        own = [outcome for outcome in wrong if outcome.field == field]
        if own:
            yield f"\n{WORDS[field]}的差错："
        for outcome in own:
            marks = [
                *(f"漏 {value}" for value in outcome.missed),
                *(f"多 {value}" for value in outcome.extra),
            ]
            yield f"  {outcome.row}  {plain('；'.join(marks))}"


def _filing(scored: Scored) -> Iterator[str]:
    filings = scored.filings
    rows = []
    for name in (*scored.sections, OTHER):
        share = recall(filings, name)
        rows.append([name, _percent(share.value), str(share.count), str(share.of), ""])
    yield f"分栏准确率 {_share(accuracy(filings))}（含可接受的另一栏目）"
    yield table(("栏目", "召回率", "正确", "标注", ""), rows)
    yield f"\n混淆表（行为标注，列为判定）\n{_confusion(scored)}"
    yield f"\n应入快讯而被有把握地判为{OTHER}：{_share(lost(filings))}"
    yield f"{OTHER}中有把握地判出的：{_share(spared(filings))}"
    wrong = [filing for filing in filings if not filing.is_right]
    if wrong:
        yield "\n分栏的差错："
    yield from map(_wrong, wrong)


def _wrong(filing: Filing) -> str:
    verdict = filing.verdict
    said = f"{'或'.join(filing.accepted)} → {verdict.section} {verdict.confidence:.2f}"
    title = plain(filing.title or "（无标题）")
    return f"  {filing.row}  {said}  {title}\n      {plain('；'.join(verdict.because))}"


def _confusion(scored: Scored) -> str:
    names = (*scored.sections, OTHER)
    counts = Counter((filing.section, filing.verdict.section) for filing in scored.filings)
    rows = [[label, *(str(counts[label, got] or "·") for got in names), ""] for label in names]
    return table(("", *names, ""), rows)


def _field_json(scored: Scored, field: Field) -> Json:
    sums = tally(scored.outcomes, field)
    own = [each for each in scored.outcomes if each.field == field and (each.missed or each.extra)]
    return {
        "field": field.value,
        "precision": _round(sums.precision),
        "recall": _round(sums.recall),
        "f1": _round(sums.f1),
        "right": sums.hits,
        "given": sums.given,
        "wanted": sums.wanted,
        "misses": [
            {
                "row": each.row,
                "expected": list(each.expected),
                "got": list(each.got),
                "missed": list(each.missed),
                "extra": list(each.extra),
            }
            for each in own
        ],
    }


def _sections_json(scored: Scored) -> Json:
    filings, names = scored.filings, (*scored.sections, OTHER)
    counts = Counter((filing.section, filing.verdict.section) for filing in filings)
    return {
        "accuracy": _share_json(accuracy(filings)),
        "recall": [{"section": name, **_share_json(recall(filings, name))} for name in names],
        "confusion": [{"section": s, "got": g, "rows": n} for (s, g), n in sorted(counts.items())],
        "worth_put_in_other_surely": _share_json(lost(filings)),
        "other_put_there_surely": _share_json(spared(filings)),
        "misses": [_wrong_json(filing) for filing in filings if not filing.is_right],
    }


def _wrong_json(filing: Filing) -> Json:
    return {
        "row": filing.row,
        "title": filing.title,
        "expected": list(filing.accepted),
        "got": filing.verdict.section,
        "confidence": filing.verdict.confidence,
        "because": list(filing.verdict.because),
    }


def _share(share: Share) -> str:
    return f"{_percent(share.value)}（{share.count}/{share.of}）"


def _share_json(share: Share) -> Json:
    return {"value": _round(share.value), "count": share.count, "of": share.of}


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
