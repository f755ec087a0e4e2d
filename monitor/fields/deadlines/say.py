"""What a deadline is for, of which kind it is, and the words it came from. Talks to nobody."""

from __future__ import annotations

import re

from monitor.fields.deadlines import words as vocabulary
from monitor.fields.deadlines.bound import Bound, End
from monitor.fields.deadlines.meant import Around, around, is_lower_levels
from monitor.fields.deadlines.spans import Span
from monitor.fields.deadlines.walk import Sentence, without_mark

LONGEST, _FAR = 30, 80

_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_MARKS = re.compile(r"[\"“”★☆※●■◆▲]")
_SINCE = re.compile(r"(?:[自从于由为]+(?=\d|即日)|[自从]?即日起).*")
_LABEL_TAIL = re.compile(
    r"(?:的?(?:时间|日期)?不?得?[晚迟]|的?(?:起止|截[止至]|结束|最后|最迟|最晚)?(?:时间|日期|期限|时限|期间|阶段|日|期)?)?"
    r"(?:延长|延期|顺延|推迟|延)?[为是:于自从由在到至|]{0,3}$"
)
_LEAD = re.compile(
    r"^(?:(?:现|特|并|另|同时|其中|以上|上述|拟|欢迎|有意向?的?|敬)?(?:请|由|督促|要求|通知|组织|指导)?"
    r"(?:各有关|有关|各相关|相关)?|[,:、()]+)"
)
_WHO_DOES = re.compile(r"^(各[^,将]{1,10})将")
_ACTOR = re.compile(
    r"((?:各|[省市区县州])?[^,;:、()请将把并]{0,12}?(?:企业|单位|部门|[市县区州省]|中心|委员会|[委局厅]|申报人|申请人|个人|高校|院校|院所|协会|机构|园区|团队|候选人))(?:应当?|须|需|务必|要|可|均)?[于在]?$"
)
_THING = re.compile(
    r"(?:将|把|^)([^,;:将把请]{0,16}(?:材料|意见|表|名单|书|版|资料|文件|回执|总结|报告|方案|情况|函|件))"
    r"(?:一式[^,]{1,3})?(?:请|须|应当?|务必|统一)*[于在]?$"
)
_OBJECT = re.compile(
    r"^[,:、]*(?:请|应当?|须|需|务必|统一|及时|一次性|可)*(?:将|把)?(?:所有|全部|相关|有关)*"
)
_WAY = re.compile(r"通过[^,]{2,24}?(?=反馈|提交|报送|发送|报名|申报|填报|上报)")
_STOP = re.compile(r"[,:;、|](?!.{0,4}(?:初审|审核|提交|报送|上报|推荐))|并(?=[^,]{0,12}(?:邮|发|送|注明))")
_SIGNS_UP = re.compile(r"报名(?!回执|表|材料)")
# 推荐意见 and 审核意见 are what an office writes about an application.
_COMMENTS = re.compile(
    r"(?:征求|征集|反馈|提出|修改).{0,12}(?<!推荐)(?<!初审)(?<!审[核查])(?<!核查)(?<!评审)(?<!验收)意见"
    r"|意见(?:建议)?.{0,8}(?:反馈|征集|征求|提出)"
)
_COMMENTS_TITLE = re.compile(r"征[求集].{0,120}?意见|意见.{0,20}征集|征意见")
# In this order: 受理 and 申报 before what is sent in for them, their nouns (申报材料) last.
_KINDS = (
    ("公示", re.compile(r"公示(?!栏)")),
    ("受理", re.compile(r"(?<![不未])(?<!不予)(?<!不再)(?<!再)受理(?!条件|范围)")),
    (
        "申报",
        re.compile(r"申[报请](?!材料|书|表|资料|单位|情况|文件|报告)|申领|申办|征集|参评|网上填报|自荐|投稿"),
    ),
    (
        "报送",
        re.compile(
            r"报送|上报|报备|报[^,;:|]{1,8}(?:办公室|秘书处)|报[我至省市区县州国部委局厅]|反馈|提交|递交|推荐|汇总|邮?寄|发[送至到]"
            r"|送[达至到交]|传真|填报|上传|交[至到回]|备案|函复|回复"
        ),
    ),
    ("申报", re.compile(r"申[报请]")),
)

# What applicants send in is their application; offices pass it on.
_SENT_IN = ("报送", "其他")


def what(sentence: Sentence, end: End, kind: str) -> str:
    """What is asked, in a few words: 网上申报, 书面材料报送, 各区提交初审意见."""
    near = around(sentence, end)
    by_label = end.bound is not Bound.BEFORE or not vocabulary.ASKS.search(near.after)
    named = _label(sentence, near)
    said = (named if by_label else "") or _clause(near) or named or _asked_before(near)
    return (said or kind)[:LONGEST]


def kind(title: str, sentence: Sentence, end: End) -> str:
    """What must have happened by then; a call for comments is that throughout."""
    near = around(sentence, end)
    spoken = (near.label if end.bound is Bound.BEFORE else near.before) + near.after[:60]
    if _COMMENTS_TITLE.search(title) or _COMMENTS.search(spoken):
        return "征求意见"
    if is_lower_levels(end, near):
        return "报送"
    found = _spoken_kind(title, sentence, end, near)
    applies = end.bound is Bound.BEFORE and vocabulary.APPLICANT.search(near.before)
    if applies and found in _SENT_IN and vocabulary.CALLS.search(title):
        return "申报"
    passed_on = vocabulary.LOWER.search(near.before[-40:]) and vocabulary.CHECKS.search(near.after)
    return "报送" if passed_on and found == "其他" else found


def _spoken_kind(title: str, sentence: Sentence, end: End, near: Around) -> str:
    """The kind that the words around an end speak of."""
    label = near.label if end.bound is not Bound.BEFORE else ""
    tried = (label, near.after[:60], near.label, near.before, sentence.heading)
    found = next((found for words in tried if (found := kind_of(words))), "")
    if found or end.bound is Bound.BEFORE or _SIGNS_UP.search(near.before):
        return found or "其他"
    # 第二批截止时间为…: what closes, the words before may say, or the title.
    further = (sentence.words[: end.end][-_FAR:], sentence.before, title)
    return next((found for words in further if (found := kind_of(words))), "其他")


def kind_of(words: str) -> str:
    """The kind that words speak of; "" where they speak of none."""
    if _SIGNS_UP.search(words) and "申报" not in words:
        return "其他"
    return next((name for name, sign in _KINDS if sign.search(words)), "")


def kind_by_title(title: str) -> str:
    """The kind of the one deadline that a row tells: what the title calls for."""
    return "征求意见" if _COMMENTS_TITLE.search(title) else kind_of(title) or "其他"


def span(title: str, words: str, found: Span) -> tuple[str, str]:
    """What for and of which kind, for days counted from publication."""
    behind = words[found.end : found.end + 40]
    if words.startswith("公示", found.start) or "公示" in title:
        return "公示", "公示"
    if _COMMENTS_TITLE.search(title) or _COMMENTS.search(words[found.start : found.end] + behind):
        return "意见反馈", "征求意见"
    said = next((clause for clause in re.split("[,:]", behind) if vocabulary.ASKS.search(clause)), "")
    return _OBJECT.sub("", _bare(said), count=1)[:LONGEST], kind_of(behind) or "其他"


def raw(sentence: Sentence, end: End) -> str:
    """The words a deadline came from, with a little of what leads to them."""
    return sentence.words[max(end.start - 12, end.floor) : end.end]


def _label(sentence: Sentence, near: Around) -> str:
    """The name of a period: 网上申报 of 网上申报截止时间为; 第一批 takes 申报 from its heading."""
    label, heading = _name(near.label), _name(sentence.heading)
    of = _name(sentence.row) or (label if len(label) < 8 else "")
    tried = ("" if sentence.row else label, of + heading, of, heading, _name(sentence.before))
    return next((name for name in tried if 1 < len(name) <= LONGEST and vocabulary.ASKS.search(name)), "")


def _name(words: str) -> str:
    """Words without their number in a list and without 截止时间为."""
    name = _SINCE.sub("", _bare(without_mark(words)), count=1)
    return _LEAD.sub("", _LABEL_TAIL.sub("", name, count=1), count=1)


def _clause(near: Around) -> str:
    """The clause behind the day: who, if said shortly, and what: 各区提交初审意见."""
    after = _OBJECT.sub("", _WAY.sub("", _bare(near.after)), count=1)
    said = _STOP.split(after)[0]
    if not vocabulary.ASKS.search(said):
        said = _asking(after) or said
    who = _actor_or_thing(re.split("[,;:]", _bare(near.before))[-1])
    said = _WHO_DOES.sub(r"\1", said)
    return (who + said if len(who + said) <= LONGEST else said) if said else ""


def _actor_or_thing(clause: str) -> str:
    """What stands before the day and belongs to what stands behind: 各区, or the 材料 that are to be sent."""
    thing = _THING.search(clause)
    if thing:
        return thing[1]
    actor = _ACTOR.search(without_mark(clause).split("、")[-1])
    who = _LEAD.sub("", actor[1], count=1) if actor else ""
    return "" if who in ("单位", "部门", "个人") else who


def _asked_before(near: Around) -> str:
    """The last clause before the day that asks for something: 请将申报书发送至邮箱, 截止日期…."""
    return _name(_asking(_bare(near.before), last=True))


def _asking(words: str, *, last: bool = False) -> str:
    clauses = [_OBJECT.sub("", clause, count=1) for clause in re.split("[,:;]", words)]
    asking = [clause for clause in clauses if vocabulary.ASKS.search(clause) and "逾期" not in clause]
    return asking[-1 if last else 0] if asking else ""


def _bare(words: str) -> str:
    return _MARKS.sub("", _BRACKETED.sub("", words))
