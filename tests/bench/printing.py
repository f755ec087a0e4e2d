"""What an issue of sixty notices costs to print, in every form that can be written here: processor time."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from monitor.bulletin import FORMATS, missing
from monitor.model import Bulletin, Notice
from tests.bulletin.make import NOTICE, SECTIONS, issue, record

ITEMS, RUNS = 60, 5
BARS = {"docx": 2, "pdf": 10}
_LINE = "（一）申报单位应当在本省依法登记注册，具备独立法人资格，财务制度健全，近三年内没有不良信用记录，并按照要求编制申请材料。"


def main() -> None:
    """Print the bars of the bulletin, one line a form."""
    made = sixty()
    for form, write in FORMATS.items():
        lacking = missing(form)
        if lacking:
            print(f"{ITEMS} notices to {form}: not measured: {lacking}")
            continue
        spent = []
        for _ in range(RUNS):
            begin = time.process_time()
            data = write(made)
            spent.append(time.process_time() - begin)
        bar = f" (bar < {BARS[form]})" if form in BARS else ""
        print(f"{ITEMS} notices to {form}: {statistics.median(spent):.2f} s{bar}, {len(data) / 1e3:.0f} kB")


def sixty() -> Bulletin:
    """Sixty notices as long as the founding issue's (two pages each), every sixth with a table of a page."""
    records = (
        replace(record(n, section=SECTIONS[n % 3]), notice=_notice(with_table=n % 6 == 0))
        for n in range(1, ITEMS + 1)
    )
    return issue(*records)


def _notice(*, with_table: bool) -> Notice:
    text = "\n".join(f"（{n}）{_LINE}\n{_LINE}" for n in range(1, 11))
    rows = [f"{n} | 某某有限公司 | 某市某区 | {n * 7} | 合格" for n in range(1, 31)]
    table = "\n".join(["序号 | 企业 | 地区 | 数量 | 结论", *rows, ""]) if with_table else ""
    body = f"各有关单位：\n{_LINE}\n一、总体要求\n{text}\n{table}特此通知。\n演示部\n2019年9月2日"
    return replace(NOTICE, body=body, attachments=(NOTICE.attachments[0],) * 3)


if __name__ == "__main__":
    main()
