"""A simulated editor over an invented stream of notices: what learning is worth, and what it risks.

    python -m tests.classify.practice

prints the table of docs/classification.md. Everything is drawn from one seed, so it is the same everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time

import yaml

from monitor.classify import (
    MOST_LESSONS,
    NOTHING_LEARNT,
    OTHER,
    Learnt,
    Lesson,
    Sections,
    classify,
    learn,
    parse_sections,
)
from monitor.model import Decision, Notice, Verdict

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
POLICY, GREEN, CALL = "政策文件", "绿色制造", "申报通知"
PLACES: tuple[str, ...] = (
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
)
PLACES += ("河南省", "湖北省", "湖南省", "广东省", "四川省", "贵州省", "云南省", "陕西省", "深圳市", "杭州市")
BODIES = ("工业和信息化厅", "科学技术厅", "发展和改革委员会", "知识产权局")
SUBJECTS: tuple[str, ...] = (
    "技术创新中心",
    "制造业单项冠军",
    "首台套重大技术装备",
    "工业互联网平台",
    "智能工厂",
    "中小企业公共服务平台",
)
SUBJECTS += ("科技型中小企业", "新材料首批次", "工业设计中心", "产业基础再造", "服务型制造", "高价值专利培育")
SUBJECTS += ("机器人产业", "集成电路产业", "生物医药产业", "工业软件", "数字化车间", "科技成果转化")
GREENS = ("绿色工厂", "工业节能诊断", "清洁生产", "水效领跑者", "工业固废综合利用", "两化融合管理体系贯标")
CALLS = (
    "关于组织{s}申报的通知",
    "关于开展{y}年{s}认定工作的通知",
    "关于推荐{y}年{s}的通知",
    "关于征集{s}项目的通知",
)
RULES = ("关于印发《{p}{s}管理办法》的通知", "关于促进{s}发展的实施意见", "{p}{s}发展行动计划")
AFTERMATH = ("关于公布{y}年{s}名单的通知", "{y}年拟认定{s}名单公示", "关于下达{y}年{s}资金的通知")
NEWS = (
    "{p}召开{s}工作推进会",
    "{s}服务采购项目中标公告",
    "{s}政策解读",
    "我省{s}再获突破",
    "{s}专题培训班举办",
)
# What this house does otherwise than the words say: subjects of all forms, and who has them in which section.
HABITS = {"算力中心": GREEN, "创客大赛": OTHER, "质量品牌": POLICY, "专精特新": CALL}
HABIT_FORMS = {
    "算力中心": CALLS + RULES,
    "创客大赛": CALLS,
    "质量品牌": CALLS,
    "专精特新": AFTERMATH,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A notice of the stream, where this house wants it, and whether that is a habit of its own."""

    notice: Notice
    wanted: str
    is_habit: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one notice of the stream."""

    drawn: Drawn
    ruled: Verdict
    verdict: Verdict


Editor = Callable[[Drawn, str, Random], tuple[Decision, str | None] | None]


def seed_sections() -> Sections:
    """The sections as shipped."""
    return parse_sections(yaml.safe_load((SEEDS / "sections.yaml").read_text("utf-8")))


def stream(count: int, random: Random) -> Iterator[Drawn]:
    """Notices, a fifth of them on subjects that this house files in its own way."""
    for _ in range(count):
        if random.random() < 0.2:
            subject = random.choice(list(HABITS))
            yield _drawn(random.choice(HABIT_FORMS[subject]), subject, HABITS[subject], random, is_habit=True)
        elif random.random() < 0.2:
            yield _drawn(random.choice(CALLS), random.choice(GREENS), GREEN, random, is_habit=False)
        else:
            forms, wanted = random.choice(
                [(CALLS, CALL), (CALLS, CALL), (RULES, POLICY), (AFTERMATH, OTHER), (NEWS, OTHER)]
            )
            yield _drawn(random.choice(forms), random.choice(SUBJECTS), wanted, random, is_habit=False)


def _drawn(form: str, subject: str, wanted: str, random: Random, *, is_habit: bool) -> Drawn:
    place = random.choice(PLACES)
    issuer = place + random.choice(BODIES)
    title = form.format(p=place, s=subject, y=random.randint(2019, 2026))
    return Drawn(Notice(url="", title=title, issuers=(issuer,)), wanted, is_habit)


def steady(drawn: Drawn, shown: str, random: Random) -> tuple[Decision, str | None] | None:
    """Looks at seven in ten, slips at one in twenty, drops three in ten of what is filed well."""
    if random.random() > 0.7:
        return None
    if random.random() < 0.05:
        return Decision.MOVE, random.choice((POLICY, GREEN, CALL, OTHER))
    if drawn.wanted != shown:
        return Decision.MOVE, drawn.wanted
    return (Decision.DROP, None) if shown == OTHER or random.random() < 0.3 else (Decision.KEEP, None)


def at_random(drawn: Drawn, shown: str, random: Random) -> tuple[Decision, str | None] | None:
    """Throws dice over every decision."""
    section = random.choice((POLICY, GREEN, CALL, OTHER, None))
    return (
        random.choice([(Decision.KEEP, None), (Decision.DROP, None)])
        if section is None
        else (Decision.MOVE, section)
    )


def picky(drawn: Drawn, shown: str, random: Random) -> tuple[Decision, str | None] | None:
    """Prints one in ten; what stands in the wrong section is moved one time in two, else dropped as well."""
    if drawn.wanted != shown and random.random() < 0.5:
        return Decision.MOVE, drawn.wanted
    return (Decision.KEEP, None) if shown != OTHER and random.random() < 0.1 else (Decision.DROP, None)


def drops_all(drawn: Drawn, shown: str, random: Random) -> tuple[Decision, str | None] | None:
    """Wants nothing printed, ever."""
    return Decision.DROP, None


def replay(
    drawn: Sequence[Drawn], sections: Sections, editor: Editor, random: Random, *, every: int
) -> list[Read]:
    """Classify the stream in order; learn afresh after every so many notices, as the service does."""
    lessons: list[Lesson] = []
    learnt: Learnt = NOTHING_LEARNT
    done = []
    for place, each in enumerate(drawn):
        if place % every == 0:
            learnt = learn(lessons, sections)
        verdict = classify(each.notice, sections, learnt)
        done.append(Read(each, classify(each.notice, sections, NOTHING_LEARNT), verdict))
        decided = editor(each, verdict.section, random)
        if decided is not None:
            lessons.append(_lesson(place, each.notice, verdict.section, *decided))
    return done


def _lesson(number: int, notice: Notice, shown: str, decision: Decision, moved_to: str | None) -> Lesson:
    return Lesson(
        notice_id=number,
        title=notice.title,
        issuers=notice.issuers,
        decision=decision,
        shown=shown,
        moved_to=moved_to,
    )


def accuracy(reads: Sequence[Read], *, learnt: bool) -> float:
    """The part that is filed as this house wants it, with or without what was learnt."""
    right = [(read.verdict if learnt else read.ruled).section == read.drawn.wanted for read in reads]
    return sum(right) / max(1, len(right))


def broken(reads: Sequence[Read], *, strong: float) -> tuple[int, int]:
    """Of the rules' right verdicts of at least this confidence: how many were overruled, and how many there were."""
    firm = [
        read for read in reads if read.ruled.confidence >= strong and read.ruled.section == read.drawn.wanted
    ]
    return sum(read.verdict.section != read.ruled.section for read in firm), len(firm)


def say(text: str) -> None:
    """A line on stdout."""
    sys.stdout.write(text + "\n")


def speed(sections: Sections, drawn: Sequence[Drawn], learnt: Learnt) -> float:
    """Titles classified in a second of processor time."""
    start = process_time()
    for each in drawn:
        classify(each.notice, sections, learnt)
    return len(drawn) / (process_time() - start)


def lessons_of(drawn: Sequence[Drawn], sections: Sections, editor: Editor, random: Random) -> list[Lesson]:
    """What the editor decides on a stream that the rules alone have filed."""
    found = []
    for place, each in enumerate(drawn):
        shown = classify(each.notice, sections, NOTHING_LEARNT).section
        decided = editor(each, shown, random)
        if decided is not None:
            found.append(_lesson(place, each.notice, shown, *decided))
    return found


def main() -> None:
    """Print what docs/classification.md shows."""
    sections = seed_sections()
    _print_time(replay(list(stream(1_600, Random(1))), sections, steady, Random(2), every=50))
    for name, editor in (
        ("steady", steady),
        ("picky", picky),
        ("at random", at_random),
        ("drops all", drops_all),
    ):
        for seed in range(1, 4):
            reads = replay(list(stream(1_600, Random(seed))), sections, editor, Random(seed + 9), every=50)
            overruled, strong = broken(reads, strong=0.8)
            before, after = accuracy(reads, learnt=False), accuracy(reads, learnt=True)
            say(f"{name} {seed}: {overruled} of {strong} strong overruled, {before:.3f} -> {after:.3f}")
    drawn = list(stream(5_000, Random(5)))
    lessons = lessons_of(drawn, sections, steady, Random(3))[:MOST_LESSONS]
    start = process_time()
    learnt = learn(lessons, sections)
    say(f"learnt from {len(lessons)} in {process_time() - start:.2f} s")
    say(
        f"titles/s: {speed(sections, drawn, NOTHING_LEARNT):.0f} by rules, {speed(sections, drawn, learnt):.0f} learnt"
    )


def _print_time(reads: Sequence[Read]) -> None:
    say(
        "| notices | all: words | all: learnt | habits: words | habits: learnt | others: words | others: learnt |"
    )
    say("|---|---|---|---|---|---|---|")
    for start in range(0, len(reads), 200):
        part = reads[start : start + 200]
        habits = [read for read in part if read.drawn.is_habit]
        others = [read for read in part if not read.drawn.is_habit]
        cells = [accuracy(some, learnt=which) for some in (part, habits, others) for which in (False, True)]
        say(f"| {start + 1}–{start + len(part)} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")


if __name__ == "__main__":
    main()
