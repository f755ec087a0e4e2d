"""What the simulated notices say: invented sentences, no two alike, and how their sites edit them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from monitor.demo.columns import Column
from monitor.demo.rows import File, Row, Text
from monitor.demo.sim.places import organ_code

_TOPICS = (
    *("智能传感器", "绿色工厂", "工业互联网平台", "专精特新企业", "节能诊断服务", "数据安全", "再生资源利用"),
    *("新材料首批次应用", "重点实验室", "技术转移机构", "科技企业孵化器", "机器人应用场景", "水效领跑者"),
    *(
        "农业机械化示范县",
        "冷链物流设施",
        "文化创意园区",
        "职业技能竞赛",
        "海洋牧场",
        "低空经济",
        "算力基础设施",
    ),
)
_DEEDS = (
    "组织申报{}项目",
    "开展{}推荐工作",
    "公开征集{}典型案例",
    "做好{}自查",
    "印发{}管理办法",
    "公布{}名单",
)
_LINES = (
    "各设区市主管部门要加强组织领导，细化工作措施，确保各项任务落到实处。",
    "申报单位应当在本省注册，管理规范，近三年没有重大安全和环保事故。",
    "各单位要对材料的真实性负责，弄虚作假的，取消资格并按有关规定处理。",
    "评审采取材料审查与现场核查相结合的方式，结果在门户网站公示。",
    "有关资金应当专款专用，接受审计和社会监督。",
    "工作中遇到的问题，请及时向我厅反映。",
)
DUE = "请于{0.year}年{0.month}月{0.day}日前将申报材料报送我厅规划处，逾期不予受理。"


def article(column: Column, number: int, on: date, chance: Random) -> Row:
    """The row and page of a notice as first published; `number` is its own within the column."""
    title = _title(column, number, on, chance)
    document = f"{organ_code(column)}〔{on.year}〕{number + 100}号" if chance.random() < 0.7 else ""
    return Row(
        column=column.id,
        id=str(6_000_000 + int(column.code) * 1000 + number),
        title=title,
        on=on,
        path="",
        by=column.site,
        text=_text(column, number, on, document, chance),
        signed=on,
        number=document,
        index=f"{column.code}/{on.year}-{number:05d}",
    )


def due_on(text: Text) -> date | None:
    """The deadline that a page names, by the one sentence that names it."""
    for line in text.body:
        if line.startswith("请于") and line.endswith("逾期不予受理。"):
            year, rest = line.removeprefix("请于").split("年", 1)
            month, rest = rest.split("月", 1)
            return date(int(year), int(month), int(rest.split("日", 1)[0]))
    return None


def with_amount(row: Row, more: int) -> Row:
    """The same notice promising another sum: an edit of one number."""
    return _said(row, 1, f"对通过评审的单位，每个给予不超过{50 + more}万元的补助，所需经费在年度预算中安排。")


def with_line(row: Row, count: int) -> Row:
    """The same notice with a sentence added."""
    line = f"补充说明（{count}）：材料一律通过网上平台提交，不再接收纸质材料，附件第{count}栏可以不填。"
    return replace(row, text=replace(row.text, body=(*row.text.body, line)))


def with_phone(row: Row, number: int) -> Row:
    """The same notice with another telephone."""
    return _said(row, 2, _contact(number, number * 7))


def with_due(row: Row, days: int) -> Row:
    """The same notice with its deadline put off by so many days."""
    due = due_on(row.text)
    if due is None:
        raise ValueError(f"{row.title}: no deadline to move")
    later = DUE.format(due + timedelta(days=days))
    body = tuple(later if line == DUE.format(due) else line for line in row.text.body)
    return replace(row, text=replace(row.text, body=body))


def with_title(row: Row, number: int) -> Row:
    """The same notice with a corrected title."""
    return replace(row, title=row.title.replace("的通知", f"（第{number}次修订）的通知"))


def _contact(number: int, more: int) -> str:
    return f"联系人：规划处，电话：0{311 + number % 80}-8{number % 1000:03d}{more % 10000:04d}。"


def _said(row: Row, place: int, line: str) -> Row:
    body = (*row.text.body[:place], line, *row.text.body[place + 1 :])
    return replace(row, text=replace(row.text, body=body))


def _title(column: Column, number: int, on: date, chance: Random) -> str:
    deed = chance.choice(_DEEDS).format(chance.choice(_TOPICS))
    return f"{column.site}关于{on.year}年{deed}（第{number + 1}批）的通知"


def _text(column: Column, number: int, on: date, document: str, chance: Random) -> Text:
    days = chance.randint(20, 45)
    due = (DUE.format(on + timedelta(days=days)),) if chance.random() < 0.6 else ()
    body = (
        f"为落实全省产业发展规划第{number + 1}项任务，现将本批事项（编号{column.code}-{number}）通知如下。",
        "对通过评审的单位，每个给予不超过50万元的补助，所需经费在年度预算中安排。",
        _contact(number, int(column.code) * 13),
        *chance.sample(_LINES, 3),
        *due,
    )
    has_file = chance.random() < 0.4
    files = (File(name=f"附件{number + 1}申报书.docx", file=f"P0{column.code}{number:05d}.docx"),)
    return Text(
        number=document,
        to="各设区市主管部门，各有关单位：",
        body=body,
        attachments=files if has_file else (),
        signature=(column.site,),
        date=f"{on.year}年{on.month}月{on.day}日",
    )
