"""The diff against its bars: a notice with scattered edits, and the worst pairs of texts that we could think of."""

from __future__ import annotations

import random
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator

from monitor.diff import compare_bodies, diff
from monitor.model import Notice

SIZE = 200_000  # bytes of a text
RUNS = 9
MB = 1024 * 1024

Pair = tuple[str, str]
WORDS = "的一是在有关各单位企业工作材料报送申报绿色制造示范项目管理办法通知要求时间组织开展评价能耗标准设备改造资金省市县部门审核公示结果推荐名单附件联系"


def main() -> None:
    """Print each figure with its bar."""
    old, new = scattered(random.Random(1))
    cost = statistics.median(seconds(old, new) for _ in range(RUNS))
    print(f"diff of {len(old.encode()) / 1000:.0f} kB with 300 edits: {cost * 1000:.0f} ms (bar ≤ 50 ms)")
    for name, (old, new) in worst():
        cost = min(seconds(old, new) for _ in range(2))
        print(f"  {name}: {cost * 1000:.0f} ms, {peak(old, new):.0f} MB of objects")
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  the process at its largest: {resident:.0f} MB (bars ≤ 1,000 ms, ≤ 200 MB)")


def seconds(old: str, new: str) -> float:
    """Of processor, for one comparison."""
    before, now = (Notice(url="u", title="t", body=body) for body in (old, new))
    begin = time.process_time()
    diff(before, now)
    return time.process_time() - begin


def peak(old: str, new: str) -> float:
    """Megabytes that Python allocated at most."""
    tracemalloc.start()
    compare_bodies(old, new)
    found = tracemalloc.get_traced_memory()[1] / MB
    tracemalloc.stop()
    return found


def scattered(chance: random.Random) -> Pair:
    """17,000 characters in paragraphs, of which 300 words or numbers are edited."""
    paragraphs = [prose(chance, 120) for _ in range(140)]
    old = "\n".join(paragraphs)
    text = list(old)
    for place in chance.sample([at for at, ch in enumerate(text) if ch not in "\n。"], 300):
        text[place] = chance.choice(["", "新", text[place] + "增", "11"])
    return old, "".join(text)


def prose(chance: random.Random, length: int) -> str:
    """Sentences of random words, at least so many characters."""
    text = ""
    while len(text) < length:
        body = "".join(chance.choices(WORDS, k=chance.randint(12, 40)))
        text += f"{body}{chance.randint(1, 31)}日。"
    return text


def worst() -> Iterator[tuple[str, Pair]]:
    """Pairs of 200 kB that are hard for one step or another."""
    for name, make in SHAPES.items():
        chance = random.Random(2)
        yield name, (make(chance), make(chance))
    shuffled = [prose(random.Random(n), 60) for n in range(1000)]
    again = random.Random(3).sample(shuffled, len(shuffled))
    yield "all paragraphs shuffled", ("\n".join(shuffled), "\n".join(again))
    yield (
        "one paragraph repeated, once more",
        ("\n".join(["甲乙丙丁戊"] * 12_500), "\n".join(["甲乙丙丁戊"] * 12_400)),
    )
    yield (
        "two in turn, phase shifted",
        ("甲乙丙丁\n戊己庚辛\n" * 7_600, "戊己庚辛\n甲乙丙丁\n甲乙丙丁\n" * 5_000),
    )
    yield "one line, every tenth character edited", _every_tenth()
    yield "a table, one cell of each row edited", (_table(random.Random(4), 0), _table(random.Random(4), 1))
    yield "one row of 33,000 cells, each edited", (" | ".join(["ab5"] * 33_000), " | ".join(["ab6"] * 33_000))
    yield "numbered rows, every cell edited", (_numbered(random.Random(8)), _numbered(random.Random(9)))
    yield "every paragraph twice edited", (_paragraphs("甲", "乙"), _paragraphs("丙", "丁"))
    yield "periodic 7 against 11", ("1234567" * 28_571, "1234567abcd" * 18_181)
    yield "many short sentences", ("".join(_shorts(5)), "".join(_shorts(6)))
    yield "only sentence ends", ("。" * 66_000, "！" * 66_000)


def random_text(chance: random.Random) -> str:
    return "".join(chance.choices(WORDS + "。，；\n 0123456789abc", k=SIZE // 3))


def one_line(chance: random.Random) -> str:
    return "".join(chance.choices(WORDS, k=SIZE // 3))


def rare_characters(chance: random.Random) -> str:
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(SIZE // 3))


def digits(chance: random.Random) -> str:
    rows = (" | ".join(str(chance.randint(0, 9999)) for _ in range(8)) for _ in range(SIZE // 54))
    return "\n".join(rows)


def narrow_digits(chance: random.Random) -> str:
    return "\n".join(" | ".join(chance.choices("0123456789", k=10)) for _ in range(SIZE // 38))


def ascii_noise(chance: random.Random) -> str:
    return "".join(chance.choices("ab1 .,;!?/|-\n", k=SIZE))


def binary(chance: random.Random) -> str:
    return "".join(chance.choices("甲乙", k=SIZE // 3))


def small_paragraphs(chance: random.Random) -> str:
    return "\n".join(chance.choices(WORDS, k=40_000))


def few_small_paragraphs(chance: random.Random) -> str:
    return "\n".join(chance.choices("甲乙丙", k=40_000))


def similar_paragraphs(chance: random.Random) -> str:
    return "\n".join(f"{prose(chance, 30)}甲乙丙丁戊己庚辛" for _ in range(SIZE // 160))


SHAPES: dict[str, Callable[[random.Random], str]] = {
    "random text": random_text,
    "one line without a mark": one_line,
    "one line of rare characters": rare_characters,
    "digit table": digits,
    "table of single digits": narrow_digits,
    "ASCII noise": ascii_noise,
    "two characters in one line": binary,
    "40,000 paragraphs of one character": small_paragraphs,
    "the same, of three characters": few_small_paragraphs,
    "paragraphs with a common end": similar_paragraphs,
}


def _every_tenth() -> Pair:
    line = one_line(random.Random(7))
    return line, "".join("改" if at % 10 == 0 else ch for at, ch in enumerate(line))


def _table(chance: random.Random, more: int) -> str:
    return "\n".join(
        f"{n} | 某某企业{chance.randint(0, 10**6)} | {chance.randint(0, 999) + more}万吨"
        for n in range(5_000)
    )


def _numbered(chance: random.Random) -> str:
    return "\n".join(f"{n} | 某某 | {' | '.join(chance.choices('0123456789', k=12))}" for n in range(3_500))


def _paragraphs(one: str, two: str) -> str:
    return "\n".join(f"{n}号文件所列各项工作{one}要求{two}完成。" for n in range(3_700))


def _shorts(seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    return (f"{''.join(chance.choices(WORDS, k=2))}；" for _ in range(22_000))


if __name__ == "__main__":
    main()
