"""What editors' decisions teach, how far that may go, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.classify import MOST_LESSONS, NOTHING_LEARNT, OTHER, Lesson, classify, learn
from monitor.classify.blend import MOST_SURE, STRONG
from monitor.classify.grams import grams
from monitor.model import Decision, Notice, Verdict
from tests.classify.practice import (
    CALL,
    GREEN,
    POLICY,
    Drawn,
    Editor,
    accuracy,
    at_random,
    broken,
    drops_all,
    picky,
    replay,
    seed_sections,
    steady,
    stream,
)

SECTIONS = seed_sections()
PLACES = ("河北省", "山西省", "辽宁省", "吉林省", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省")


def lesson(
    title: str,
    decision: Decision = Decision.MOVE,
    *,
    to: str | None = GREEN,
    shown: str = CALL,
    issuer: str = "",
) -> Lesson:
    issuers = (issuer,) if issuer else ()
    return Lesson(notice_id=1, title=title, issuers=issuers, decision=decision, shown=shown, moved_to=to)


def taught(count: int, decision: Decision = Decision.MOVE, *, to: str | None = GREEN) -> list[Lesson]:
    """So many decisions on calls for computing centres, each of another province."""
    return [
        lesson(f"{PLACES[n % 10]}关于组织申报第{n}批算力中心的通知", decision, to=to) for n in range(count)
    ]


def verdict(title: str, lessons: Sequence[Lesson]) -> Verdict:
    return classify(Notice(url="", title=title), SECTIONS, learn(lessons, SECTIONS))


CALL_FOR_CENTRES = "湖北省关于组织申报算力中心的通知"


def test_without_decisions_the_words_decide_alone() -> None:
    assert learn([], SECTIONS) is NOTHING_LEARNT
    assert learn([lesson("任何标题", Decision.DEFER)], SECTIONS) is NOTHING_LEARNT
    assert verdict(CALL_FOR_CENTRES, []).section == CALL


def test_enough_similar_moves_overrule_the_words_and_are_named() -> None:
    said = verdict(CALL_FOR_CENTRES, taught(6))
    assert said.section == GREEN
    assert said.because[0].startswith("编辑曾把《")
    assert said.because[0].endswith("》等 6 条类似通知归入绿色制造")
    assert said.because[1] == "按用词本会归入申报通知：标题含“关于组织申报”"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_few_decisions_do_not_overrule_a_strong_verdict(count: int) -> None:
    ruled = verdict(CALL_FOR_CENTRES, [])
    assert ruled.confidence >= STRONG
    assert verdict(CALL_FOR_CENTRES, taught(count)) == ruled


def test_three_decisions_overrule_a_weak_verdict() -> None:
    title = "关于算力中心有关事项的通知"
    assert verdict(title, []).confidence < STRONG
    lessons = [lesson(f"{place}算力中心有关事项的通知") for place in PLACES[:3]]
    assert verdict(title, lessons[:2]).section != GREEN
    assert verdict(title, lessons).section == GREEN


def test_decisions_that_disagree_leave_the_words_alone() -> None:
    lessons = [each for pair in zip(taught(8), taught(8, to=POLICY), strict=True) for each in pair]
    assert verdict(CALL_FOR_CENTRES, lessons) == verdict(CALL_FOR_CENTRES, [])


def test_what_has_nothing_in_common_but_its_form_is_left_alone() -> None:
    other = "湖北省关于组织申报工业设计中心的通知"
    assert verdict("关于组织推荐单项冠军的通知", taught(20)).section == CALL
    lessons = taught(20) + [lesson(f"{place}工业设计中心申报", Decision.KEEP, to=None) for place in PLACES]
    assert verdict(other, lessons).section == CALL


def test_drops_never_overrule_a_strong_verdict_but_moves_to_other_do() -> None:
    kept = [lesson(f"关于推荐第{n}批首版次软件的通知", Decision.KEEP, to=None) for n in range(40)]
    assert verdict(CALL_FOR_CENTRES, kept + taught(40, Decision.DROP, to=None)).section == CALL
    assert verdict(CALL_FOR_CENTRES, kept + taught(6, to=OTHER)).section == OTHER


def test_a_drop_is_a_weak_word_for_other_the_weaker_the_more_is_dropped() -> None:
    title = "关于算力中心有关事项的通知"
    kept = [lesson(f"关于推荐第{n}批首版次软件的通知", Decision.KEEP, to=None) for n in range(40)]
    dropped = [lesson(f"{place}算力中心有关事项的通知", Decision.DROP, to=None) for place in PLACES * 2]
    assert verdict(title, []).section != OTHER
    assert verdict(title, kept + dropped[:6]).section != OTHER
    said = verdict(title, kept + dropped)
    assert said.section == OTHER
    assert said.because[0].startswith("编辑曾不采用《")
    assert verdict(title, dropped).section != OTHER


def test_a_keep_confirms_what_was_shown() -> None:
    kept = [
        Lesson(notice_id=n, title=each.title, issuers=(), decision=Decision.KEEP, shown=GREEN)
        for n, each in enumerate(taught(6))
    ]
    assert verdict(CALL_FOR_CENTRES, kept).section == GREEN


def test_an_issuer_alone_can_be_what_decisions_have_in_common() -> None:
    titles = (
        "产业集群",
        "单项冠军",
        "首版次软件",
        "小微双创",
        "质量标杆",
        "工业母机",
        "创新联合体",
        "瞪羚企业",
    )
    lessons = [lesson(f"关于推荐{title}的通知", issuer="某市绿色发展中心") for title in titles]
    notice = Notice(url="", title="关于推荐未来工厂的通知", issuers=("某市绿色发展中心",))
    assert classify(notice, SECTIONS, learn(lessons, SECTIONS)).section == GREEN
    stranger = Notice(url="", title="关于推荐未来工厂的通知", issuers=("某市工业和信息化局",))
    assert classify(stranger, SECTIONS, learn(lessons, SECTIONS)).section == CALL


def test_what_is_learnt_is_never_surer_than_its_bound() -> None:
    assert verdict(CALL_FOR_CENTRES, taught(500)).confidence <= MOST_SURE


def test_only_the_newest_decisions_count() -> None:
    old, new = taught(MOST_LESSONS), taught(MOST_LESSONS, to=POLICY)
    assert verdict(CALL_FOR_CENTRES, [*old, *new]).section == POLICY


def test_a_section_that_is_gone_teaches_nothing() -> None:
    assert learn(taught(9, to="旧栏目"), SECTIONS) is NOTHING_LEARNT


def test_the_same_decisions_give_the_same_model() -> None:
    lessons = taught(20) + taught(5, to=POLICY)
    assert learn(lessons, SECTIONS) == learn(lessons, SECTIONS)


def test_grams_leave_out_what_stands_in_any_title() -> None:
    assert grams("关于组织申报2024年度算力中心的通知", ("某厅",)) == (
        "申报", "算力", "算力中", "力中", "力中心", "中心", "@某厅",
    )  # fmt: skip


@given(
    st.lists(st.tuples(st.text(max_size=30), st.sampled_from(Decision)), max_size=30), st.text(max_size=60)
)
@settings(max_examples=60, deadline=None)
def test_any_decisions_leave_a_verdict_within_its_bounds(
    made: list[tuple[str, Decision]], title: str
) -> None:
    lessons = [lesson(text, decision) for text, decision in made]
    said = verdict(title, lessons)
    ruled = verdict(title, [])
    assert said == ruled or (said.section != ruled.section and 0.5 <= said.confidence <= MOST_SURE)
    assert said.because


@pytest.fixture(scope="module")
def notices() -> list[Drawn]:
    return list(stream(1_000, Random(1)))


def test_learning_files_a_house_with_habits_of_its_own_better_and_the_rest_no_worse(
    notices: list[Drawn],
) -> None:
    late = replay(notices, SECTIONS, steady, Random(2), every=100)[600:]
    habits = [read for read in late if read.drawn.is_habit]
    others = [read for read in late if not read.drawn.is_habit]
    assert accuracy(late, learnt=True) >= accuracy(late, learnt=False) + 0.1
    assert accuracy(habits, learnt=True) >= 0.7
    assert accuracy(others, learnt=True) >= accuracy(others, learnt=False) - 0.01


@pytest.mark.parametrize("editor", [at_random, picky, drops_all])
def test_no_editor_however_odd_breaks_strong_verdicts(notices: list[Drawn], editor: Editor) -> None:
    reads = replay(notices, SECTIONS, editor, Random(3), every=100)
    overruled, strong = broken(reads, strong=STRONG)
    assert strong > 500
    assert overruled <= strong / 100
    assert accuracy(reads, learnt=True) >= accuracy(reads, learnt=False) - 0.02
