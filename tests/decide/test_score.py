"""The arithmetic of the scoreboard: what counts as the same value, what is missed, what is too much."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify import OTHER
from monitor.decide import score
from monitor.decide.score import Field, Filing, Label, Outcome, Wanted
from monitor.model import Attachment, Deadline, Notice, Verdict


def due(day: str, time: str | None = None, kind: str = "申报") -> Deadline:
    return Deadline(date=date.fromisoformat(day), time=time, what="", kind=kind)


NOTICE = Notice(
    url="",
    title="关于申报的通知",
    doc_number="某科〔2019〕34号",
    issuers=("某省科学技术厅", "某省财政厅"),
    signed_on=date(2019, 9, 2),
    deadlines=(due("2019-09-30", "18:00"), due("2019-10-15", kind="报送")),
    contacts=("(010)55550101", "A.b@Example.cn"),
    attachments=(Attachment(name="申报书.docx", url=""),),
)


def compare(field: Field, *values: str, optional: tuple[str, ...] = ()) -> Outcome:
    label = Label(row="1", fields={field: Wanted(values=values, optional=optional)})
    (outcome,) = score.compare(label, NOTICE)
    return outcome


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (Field.NUMBER, ["某科[2019]034号"]),
        (Field.ISSUERS, ["某省财政厅", "某省 科学技术厅"]),
        (Field.SIGNED, ["2019-09-02"]),
        (Field.PUBLISHED, []),
        (Field.DEADLINES, ["2019-10-15", "2019-09-30", "2019-09-30"]),
        (Field.DEADLINE_TIMES, ["2019-09-30 18:00", "2019-10-15"]),
        (Field.DEADLINE_KINDS, ["2019-09-30 申报", "2019-10-15 报送"]),
        (Field.ATTACHMENTS, ["附件1：申报书"]),
        (Field.CONTACTS, ["010-55550101", "a.b@example.cn"]),
    ],
)
def test_the_same_value_in_another_dress_is_right(field: Field, values: list[str]) -> None:
    outcome = compare(field, *values)
    assert (outcome.missed, outcome.extra) == ((), ())
    assert outcome.hits == len(set(values))


@pytest.mark.parametrize(
    ("field", "values", "missed", "extra"),
    [
        (Field.NUMBER, ["某科〔2019〕35号"], ("某科〔2019〕35号",), ("某科〔2019〕34号",)),
        (Field.NUMBER, [], (), ("某科〔2019〕34号",)),
        (Field.EFFECTIVE, ["2019-10-01"], ("2019-10-01",), ()),
        (Field.ISSUERS, ["某省财政厅"], (), ("某省科学技术厅",)),
        (Field.DEADLINE_TIMES, ["2019-09-30", "2019-10-15"], ("2019-09-30",), ("2019-09-30 18:00",)),
        (Field.CONTACTS, ["010-55550101", "A.b@Example.cn", "55550101"], ("55550101",), ()),
    ],
)
def test_another_value_is_missed_and_what_nobody_wanted_is_extra(
    field: Field, values: list[str], missed: tuple[str, ...], extra: tuple[str, ...]
) -> None:
    outcome = compare(field, *values)
    assert (outcome.missed, outcome.extra) == (missed, extra)


def test_an_optional_deadline_is_neither_missed_nor_extra() -> None:
    assert compare(Field.DEADLINES, "2019-09-30", optional=("2019-10-15",)).extra == ()
    assert compare(Field.DEADLINES, "2019-09-30", "2019-10-15", optional=("2019-12-31",)).missed == ()


def test_a_field_without_a_label_is_not_scored() -> None:
    assert score.compare(Label(row="1", fields={}), NOTICE) == ()


def test_a_cited_number_taken_for_the_own_one_is_told() -> None:
    assert score.took_cited(Label(row="1", fields={}, cited=("某科[2019]34号",)), NOTICE)
    assert not score.took_cited(Label(row="1", fields={}, cited=("某科〔2018〕34号",)), NOTICE)


def test_a_tally_is_precision_recall_and_f1() -> None:
    sums = score.tally([compare(Field.ISSUERS, "某省财政厅", "某省教育厅", "某省民政厅")], Field.ISSUERS)
    assert (sums.hits, sums.given, sums.wanted) == (1, 2, 3)
    assert (sums.precision, sums.recall, sums.f1) == (1 / 2, 1 / 3, 2 / 5)


def test_a_quotient_of_nothing_is_none() -> None:
    sums = score.tally([compare(Field.PUBLISHED)], Field.PUBLISHED)
    assert (sums.precision, sums.recall, sums.f1) == (None, None, None)
    assert score.accuracy([]).value is None


def filing(got: str, confidence: float, *accepted: str) -> Filing:
    return Filing(row="1", title="", accepted=accepted, verdict=Verdict(section=got, confidence=confidence))


FILINGS = (
    filing("申报通知", 0.9, "申报通知"),
    filing("申报通知", 0.6, "绿色制造", "申报通知"),
    filing(OTHER, 0.81, "绿色制造"),
    filing(OTHER, 0.80, "政策文件"),
    filing(OTHER, 0.95, OTHER),
    filing("申报通知", 0.95, OTHER),
    filing(OTHER, 0.7, OTHER, "申报通知"),
)


def test_filing_counts_the_alternative_as_right() -> None:
    assert score.accuracy(FILINGS).count == 4
    assert score.recall(FILINGS, "绿色制造") == score.Share(count=1, of=2)


def test_what_no_editor_would_see_is_counted_on_both_sides() -> None:
    assert score.lost(FILINGS) == score.Share(count=1, of=4)
    assert score.spared(FILINGS) == score.Share(count=1, of=3)


@given(
    st.lists(st.sampled_from(["甲局", "乙局", "丙局"])), st.lists(st.sampled_from(["甲局", "乙局", "丙局"]))
)
def test_every_value_is_right_missed_or_extra(got: list[str], wanted: list[str]) -> None:
    label = Label(row="1", fields={Field.ISSUERS: Wanted(values=tuple(wanted))})
    (outcome,) = score.compare(label, Notice(url="", title="", issuers=tuple(got)))
    assert outcome.hits + len(outcome.missed) == len(set(wanted))
    assert outcome.hits + len(outcome.extra) == len(set(got))
