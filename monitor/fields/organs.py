"""Names of public bodies: what looks like one, and how joint ones are told apart. Talks to nobody."""

from __future__ import annotations

import re

from monitor.fields.lines import plain
from monitor.text import clean

_ENDINGS = (
    "部|委|厅|局|署|院|办|委员会|办公室|办公厅|政府|司|中心|总局|银行|联合会|协会|学会|理事会|基金会|"
    "监会|总会|分会|公司|集团|大学|学院|研究所|事务所|兵团|总队|支队|法院|工商联|指挥部|领导小组|管委会|组委会|处"
)
_NAME = re.compile(rf"[一-鿿·()]{{1,40}}(?:{_ENDINGS})")
_NO_NAME = re.compile(
    r"^(?:附件|联系|抄送|主送|报送|抄报|关于|部长|局长|厅长|主任|主席|省长|市长|区长|总理|署长|行长|各|请|由|经|对|在|你)"
    r"|的|将|按照|关于|单位$"
    # Words that end like a name: 二、总体布局, 加强部署, 主办.
    r"|[布格大全结]局$|[全内外干]部$|[承主举协督试创]办$|部署$|[社机]会$|(?:座谈|研讨|推进|调度|培训|发布)会$|[好之]处$"
)
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[(（]|\d+[.、．])")
_GAP = re.compile(r"([\s、,，;；|/]+)")
_OFFICES = frozenset({"办公室", "办公厅", "综合司", "秘书局", "政治部", "员会"})
_SEAL = re.compile(r"[(（](?:盖章|公章|章|代章|印章)[)）]|\|")
_LONGEST = 300  # fifteen joint issuers fit
_STATE = "中华人民共和国"
# A department inside a body: it never issues in its own name where its body is known. A ministry's
# bureau (产权局 of sasac.gov.cn) carries neither a place nor 国家.
_DEPARTMENT = re.compile(r"[一-鿿]{2,20}[司处科室]|(?![省市县区州])[一-鿿]{2,3}局")
_BODY = re.compile(r"[部委厅局署院会府]")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|"
    "四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_PLACE = re.compile(
    rf"(?:{_PROVINCES}|[省市县区]|自治[区州县]|[一-鿿]{{1,10}}(?:省|市|县|区|州|盟|旗|镇|街道))"
)
_HEAD_OFFICE = re.compile(r"(?:办公厅|办公室|综合司)$")


def is_organ(text: str) -> bool:
    """Whether `text`, without blanks, reads as the name of one body."""
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.search(text)


def is_department(text: str) -> bool:
    """Whether `text` names a part of a body and not the body: 信息化和软件服务业司, 科技处."""
    return bool(_DEPARTMENT.fullmatch(text)) and not _BODY.search(text[:-1])


def split(text: str) -> tuple[str, ...]:
    """The bodies that a line names, without blanks; () when the line is anything else.

    Names are often spaced out to fill a line (科 技 部): words are joined until they make a name.
    """
    if len(text) > _LONGEST or _NUMBERED.match(text):
        return ()
    names: list[str] = []
    part = ""
    for word in _GAP.split(clean(_SEAL.sub(" ", text))):
        part += "" if _GAP.fullmatch(word) else plain(word)
        if part in _OFFICES and names:
            names[-1] += part
        elif is_organ(part):
            names.append(part)
        else:
            continue
        part = ""
    return () if part else tuple(dict.fromkeys(map(without_state, names)))


def without_state(name: str) -> str:
    """中华人民共和国工业和信息化部 is printed 工业和信息化部 in a signature."""
    return name.removeprefix(_STATE) if len(name) > len(_STATE) + 1 else name


def body_of(name: str) -> str:
    """The body that an office speaks for: 科技部办公厅 is 科技部."""
    short = _HEAD_OFFICE.sub("", name)
    return short if is_organ(short) else name


def is_local(name: str) -> bool:
    """Whether a name says that the body belongs to a place: a province, city, county or district."""
    return bool(_PLACE.match(name))
