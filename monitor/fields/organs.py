"""Names of public bodies: what looks like one, and how joint ones are told apart. Talks to nobody."""

from __future__ import annotations

import re

from monitor.fields.lines import plain
from monitor.text import clean

_ENDINGS = (
    "部|委|厅|局|署|院|办|委员会|办公室|办公厅|政府|司|中心|总局|银行|联合会|协会|学会|理事会|基金会|"
    "监会|总会|分会|公司|集团|大学|学院|研究所|事务所|兵团|总队|支队|法院|工商联|指挥部|领导小组|管委会|组委会|处|"
    "常委会|商会|研究会|促进会|总站|联盟|交易所|合作社|专班|工作组|党组|工会|海关|科协|妇联|残联|分行|支行"
)
_NAME = re.compile(rf"[一-鿿][一-鿿·()]{{0,39}}(?:{_ENDINGS})")
_NO_NAME = re.compile(
    r"^(?:附件|联系|抄送|主送|报送|抄报|关于|部长|局长|厅长|主任|主席|省长|市长|区长|总理|署长|行长|各|请|由|经|对|在|你)"
    r"|的|将|按照|关于|单位$"
    # Words that end like a name: 二、总体布局, 加强部署, 主办.
    r"|[布格大全结]局$|[全内外干]部$|[承主举协督试创]办$|部署$|[社机]会$|(?:座谈|研讨|推进|调度|培训|发布)会$|[好之]处$"
)
_WITHOUT_ENDING = frozenset({"中共中央", "中央军委"})
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[(（]|\d+[.、．])")
_GAP = re.compile(r"([\s、,，;；|/]+)")
_OFFICES = frozenset({"办公室", "办公厅", "综合司", "秘书局", "政治部", "员会"})
_SEAL = re.compile(r"[(（](?:此处)?(?:盖章|公章|章|代章|印章|签章|印|[^()（）]{2,30}代章)[)）]|\|")
# Typists turn the two around.
_MISPRINT = "委会员"
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
_HEAD_OFFICE = re.compile(r"(?:办公厅|办公室|综合司|秘书局)$")
# Bodies of the state that sign together; set without blanks, only their names tell where one ends.
_MINISTRY = (
    "国家发展和改革委员会|国家发展改革委|发展改革委|教育部|科学技术部|科技部|工业和信息化部|公安部|民政部|司法部|财政部|"
    "人力资源和社会保障部|人力资源社会保障部|自然资源部|国土资源部|生态环境部|环境保护部|住房和城乡建设部|住房城乡建设部|"
    "交通运输部|水利部|农业农村部|农业部|商务部|文化和旅游部|国家卫生健康委员会|国家卫生健康委|应急管理部|中国人民银行|人民银行|"
    "审计署|国务院国有资产监督管理委员会|国务院国资委|国资委|海关总署|国家税务总局|税务总局|国家市场监督管理总局|市场监管总局|"
    "国家知识产权局|国家能源局|国家统计局|国家林业和草原局|国家林草局|国家标准化管理委员会|国家标准委|国家药品监督管理局|国家药监局|"
    "中国银保监会|银保监会|中国证监会|证监会|金融监管总局|中央宣传部|中央网信办|国家网信办|国家国防科工局|国防科工局|中国科学院|"
    "中国科协|全国工商联|国家铁路局|中国民航局|国家邮政局|国家数据局|国家认监委"
)
_OFFICE = r"(?:办公厅|办公室|综合司)?"
_TOGETHER = re.compile(rf"(?:(?:{_MINISTRY}){_OFFICE}){{2,15}}")
_EACH = re.compile(rf"(?:{_MINISTRY}){_OFFICE}")
_OWN_PLACE = re.compile(rf"(?:{_PROVINCES})(?:省|市|自治区)?|[一-鿿]{{2,7}}?[省市县区州]")
_FIRM = re.compile(r"(?:公司|集团|厂|事务所|合作社)$")


def is_organ(text: str) -> bool:
    """Whether `text`, without blanks, reads as the name of one body."""
    if text in _WITHOUT_ENDING:
        return True
    if text.count("(") != text.count(")"):
        return False
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
        part += "" if _GAP.fullmatch(word) else plain(word).replace(_MISPRINT, "委员会")
        if part in _OFFICES and names:
            names[-1] += part
        elif found := _apart(part):
            names += found
        else:
            continue
        part = ""
    return () if part else tuple(dict.fromkeys(map(without_state, names)))


def _apart(name: str) -> tuple[str, ...]:
    """A name, or the names that are set one behind the other without a blank; () for other words."""
    if len(name) > 5 and _TOGETHER.fullmatch(name):
        return tuple(_EACH.findall(name))
    if not is_organ(name):
        return ()
    place = _OWN_PLACE.match(name)
    # 清远市工业和信息化局清远市生态环境局: the place named again begins another body.
    again = name.find(place[0], place.end()) if place else -1
    if again > 0 and is_organ(name[:again]) and (rest := _apart(name[again:])):
        return (name[:again], *rest)
    return (name,)


def is_firm(name: str) -> bool:
    """Whether a name is of a company: those are listed in notices, they do not issue them."""
    return bool(_FIRM.search(name))


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
