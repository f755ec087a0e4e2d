"""What must come out of the demo, as data: the twelve, the one revised, the one gone from its list.

Dates of listing are the script's own; everything else is what the founding bulletin says of each
notice, under the title that its own site prints. Talks to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")

FIRST_POLL = datetime(2019, 8, 19, 9, 30, tzinfo=_SHANGHAI)
LAST_POLL = datetime(2019, 9, 6, 16, 0, tzinfo=_SHANGHAI)
BULLETIN = "(2019) 0901期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One of the twelve as the program must end up knowing it. `n` is its number in the founding issue."""

    n: int
    source: str
    title: str
    section: str
    issuers: tuple[str, ...]
    doc_number: str | None
    signed_on: date | None
    listed_on: date
    url: str
    deadlines: tuple[tuple[date, str | None], ...] = ()


def _on(month: int, day: int) -> date:
    return date(2019, month, day)


EXPECTED = (
    Expected(
        n=1,
        source="cnipa-tongzhi",
        title="国家知识产权局关于规范知识产权管理体系贯标认证工作的通知",
        section="政策文件",
        issuers=("国家知识产权局办公室",),
        doc_number="国知办发运字〔2019〕34号",
        signed_on=_on(8, 30),
        listed_on=_on(8, 30),
        url="http://www.cnipa.gov.cn/art/2019/8/30/art_75_1141880.html",
        deadlines=((_on(12, 15), None),),
    ),
    Expected(
        n=2,
        source="miit-tongzhi",
        title="关于促进制造业产品和服务质量提升的实施意见",
        section="政策文件",
        issuers=("工业和信息化部",),
        doc_number="工信部科〔2019〕188号",
        signed_on=_on(8, 29),
        listed_on=_on(8, 29),
        url="http://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/art/2019/art_dd4daeedd3ac28fa9b159aa3cd9fb4d1.html",
    ),
    Expected(
        n=3,
        source="chinatax-fagui",
        title="关于明确部分先进制造业增值税期末留抵退税政策的公告",
        section="政策文件",
        issuers=("财政部", "税务总局"),
        doc_number="财政部 税务总局公告2019年第84号",
        signed_on=_on(8, 31),
        listed_on=_on(8, 31),
        url="http://fgk.chinatax.gov.cn/zcfgk/c102416/c5136446/content.html",
    ),
    Expected(
        n=4,
        source="mee-gonggao",
        title="关于发布《排污许可证申请与核发技术规范 危险废物焚烧》国家环境保护标准的公告",
        section="政策文件",
        issuers=("生态环境部",),
        doc_number=None,
        signed_on=_on(8, 27),
        listed_on=_on(9, 4),
        url="http://www.mee.gov.cn/xxgk2018/xxgk/xxgk01/201909/t20190904_732380.html",
    ),
    Expected(
        n=5,
        source="most-guifan",
        title="关于印发《国家新一代人工智能创新发展试验区建设工作指引》的通知",
        section="政策文件",
        issuers=("科技部",),
        doc_number="国科发规〔2019〕298号",
        signed_on=_on(8, 29),
        listed_on=_on(9, 5),
        url="http://www.most.gov.cn/xxgk/xinxifenlei/fdzdgknr/fgzc/gfxwj/gfxwj2019/201909/t20190905_148663.html",
    ),
    Expected(
        n=6,
        source="fujian-dongtai",
        title="关于增补推荐福建省绿色制造名单的通知",
        section="绿色制造",
        issuers=("福建省工业和信息化厅",),
        doc_number="闽工信函节能〔2019〕448号",
        signed_on=_on(9, 2),
        listed_on=_on(9, 3),
        url="http://gxt.fujian.gov.cn/zwgk/zfxxgk/fdzdgknr/gzdt/201909/t20190903_5016584.htm",
        deadlines=((_on(10, 15), None),),
    ),
    Expected(
        n=7,
        source="beijing-tongzhi",
        title="关于继续做好两化融合管理体系贯标试点企业推荐工作的通知",
        section="绿色制造",
        issuers=("北京市经济和信息化局",),
        doc_number="京经信发〔2019〕60号",
        signed_on=_on(8, 30),
        listed_on=_on(9, 2),
        url="http://jxj.beijing.gov.cn/jxdt/tzgg/201909/t20190902_300266.html",
        deadlines=((_on(10, 19), None),),
    ),
    Expected(
        n=8,
        source="tianjin-wenjian",
        title="市工业和信息化局关于开展2019年度自主工业节能诊断服务工作的通知",
        section="绿色制造",
        issuers=("天津市工业和信息化局",),
        doc_number="津工信节能〔2019〕15号",
        signed_on=_on(8, 19),
        listed_on=_on(8, 27),
        url="http://gyxxh.tj.gov.cn/ZWGK4147/ZCWJ6355/wjwj/201908/t20190827_68535.html",
        deadlines=((_on(8, 28), None),),
    ),
    Expected(
        n=9,
        source="most-guifan",
        title="关于开展2019年国家文化和科技融合示范基地申报工作的通知",
        section="申报通知",
        issuers=("科技部办公厅", "中央宣传部文改办"),
        doc_number="国科办高〔2019〕74号",
        signed_on=_on(8, 27),
        listed_on=_on(8, 30),
        url="http://www.most.gov.cn/xxgk/xinxifenlei/fdzdgknr/fgzc/gfxwj/gfxwj2019/201908/t20190830_148551.html",
        deadlines=((_on(10, 30), None),),
    ),
    Expected(
        n=10,
        source="miit-yijian",
        title="公开征求对《工业大数据发展指导意见（征求意见稿）》的意见",
        section="申报通知",
        issuers=("工业和信息化部",),
        doc_number=None,
        signed_on=None,
        listed_on=_on(8, 26),
        url="http://www.miit.gov.cn/gzcy/yjzj/art/2019/art_4f1643c72643bde844762eb3ab538d4b.html",
        deadlines=((_on(9, 16), None),),
    ),
    Expected(
        n=11,
        source="hebei-tongzhi",
        title="关于印发《2020年河北省工业转型升级（技改）重点项目建设专项资金申报指南》的通知",
        section="申报通知",
        issuers=("河北省工业和信息化厅",),
        doc_number=None,
        signed_on=_on(9, 2),
        listed_on=_on(9, 3),
        url="http://gxt.hebei.gov.cn/hbgyhxxht/xwzx32/tzgg83/659166/index.html",
    ),
    Expected(
        n=12,
        source="shenzhen-tongzhi",
        title="关于开展2019年第三批高新技术企业申报工作的通知",
        section="申报通知",
        issuers=("深圳市科技创新委员会",),
        doc_number=None,
        signed_on=_on(9, 1),
        listed_on=_on(9, 1),
        url="http://stic.sz.gov.cn/xxgk/tzgg/content/post_18190012.html",
        deadlines=((_on(9, 6), "18:00"), (_on(9, 9), None)),
    ),
)

REVISED = EXPECTED[8]
GONE_URL = "http://jxj.beijing.gov.cn/jxdt/tzgg/201907/t20190724_297806.html"
