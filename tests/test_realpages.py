"""Real saved pages that lie beside the checkout: what people saw on them, and what the families read.

The expectations were written by looking at the pages. Nothing of the pages is kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from monitor.errors import EmptyListing, ParseError
from monitor.families import FAMILIES, recognise
from monitor.model import Level, Listing, Page, RawNotice, Request, Source

Shared = Callable[[str], Path]


@dataclass(frozen=True)
class List:
    """A list page: `first` and `last` are its first and last row as (title, date)."""

    file: str
    url: str
    family: str
    rows: int
    first: tuple[str, date | None]
    last: tuple[str, date | None]
    next: str | None = None


@dataclass(frozen=True)
class Notice:
    """A notice page: how its text begins and ends, and some of its labels."""

    file: str
    url: str
    family: str
    title: str
    begins: str
    ends: str
    facts: dict[str, str] = field(default_factory=dict)
    attachments: int = 0


MOST = "https://www.most.gov.cn/xxgk/xinxifenlei/fdzdgknr/fgzc/"
SASAC = "http://www.sasac.gov.cn/n2588035/n2588320/n2588335/"
MEE = "https://www.mee.gov.cn/"
NFRA = "https://www.nfra.gov.cn/cbircweb/"
TIANJIN = "http://www.tj.gov.cn/igs/front/search/list.html?index=zcwj-index-200424&type=zcfg&pageSize=10"

LISTS = [
    List(
        "most/most_golden_list_page.html",
        MOST,
        "trs",
        17,
        ("中华人民共和国科学技术普及法（2024年修订）", date(2024, 12, 25)),
        ("我国支持科技创新主要税费优惠政策指引", date(2024, 3, 13)),
    ),
    List(
        "ndrc/ndrc_golden_list_page.html",
        "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/index.html",
        "trs",
        25,
        ("《电力重大事故隐患判定标准及治理监督管理规定》 2026年第41号令", date(2026, 4, 9)),
        ("《基础设施和公用事业特许经营管理办法》 2024年第17号令", date(2024, 4, 9)),
        "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/index_1.html",
    ),
    List(
        "mee/list_hdjl_yjzj_20260920.trimmed.html",
        f"{MEE}hdjl/yjzj/",
        "trs",
        3,
        (
            "关于公开征求国家生态环境标准《生态环境影响评价技术导则 核动力厂（征求意见稿）》（修订HJ808-2016）意见的通知",
            date(2026, 9, 14),
        ),
        (
            "关于公开征求《饮用水水源地基础信息数据元技术规范（征求意见稿）》等2项国家生态环境标准意见的通知",
            date(2026, 9, 7),
        ),
    ),
    List(
        "fujian-pingtan/list_gzjzqk.trimmed.html",
        "https://www.pingtan.gov.cn/zwgk/ghxx/gzjzqk/",
        "trs",
        44,
        (
            "平潭综合实验区社会事业局关于2025年中小学教育装备产品“双随机、一公开”抽查工作情况的通报",
            date(2025, 11, 11),
        ),
        ("区公安局“双随机、一公开”抽查事项清单（2023）（公示版）", date(2023, 5, 31)),
        "https://www.pingtan.gov.cn/fjdzapp/search",
    ),
    List(
        "miit/unit_yjzj_list_20260920.trimmed.json",
        "https://www.miit.gov.cn/gzcy/yjzj/index.html",
        "jpaas",
        4,
        (
            "公开征求《氢能装备（碱性水电解制氢装备）制造行业规范条件（2026年本）（征求意见稿）》的意见",
            date(2026, 9, 20),
        ),
        (
            "关于公开征求《饲料加工机械卫生规范》等14项强制性国家标准制修订计划项目意见的公示",
            date(2026, 9, 4),
        ),
    ),
    List(  # its collector put tokens in the place of the dates
        "samr/unit_zjdc_list_20260920.trimmed.json",
        "https://www.samr.gov.cn/hd/zjdc/index.html",
        "jpaas",
        5,
        (
            "市场监管总局关于公开征求《关于出口转内销产品强制性产品认证便利化试点的通知（征求意见稿）》意见的通知",
            None,
        ),
        ("市场监管总局关于公开征求《国际单位制及其应用（征求意见稿）》意见的公告", None),
    ),
    List(
        "csrc/csrc_golden_list_1.html",
        "http://www.csrc.gov.cn/csrc/c106256/fg.shtml",
        "ucap",
        20,
        ("中国证监会派出机构监管职责规定", None),
        ("期货交易所管理办法", None),
        "http://www.csrc.gov.cn/csrc/c106256/fg_2.shtml",
    ),
    List(
        "sasac/sasac_golden_list_1.html",
        f"{SASAC}index.html",
        "ncontent",
        30,
        ("中央企业违规经营投资责任追究实施办法", date(2025, 12, 18)),
        ("关于印发《中央企业重大经营风险事件报告工作规则》的通知", date(2022, 1, 28)),
        f"{SASAC}index_2603340_15.html",
    ),
    List(
        "dingxi-hanweb/dataproxy_col12377.excerpt.xml",
        "http://www.dingxi.gov.cn/module/web/jpage/dataproxy.jsp",
        "jcms",
        7,
        ("定西市“春节”文明祭祀倡议书", date(2022, 1, 20)),
        (
            "甘肃省人民政府教育督导委员会办公室关于开展2021年市（州）人民政府履行教育职责情况满意度调查的通知",
            date(2021, 11, 4),
        ),
        "http://www.dingxi.gov.cn/module/web/jpage/dataproxy.jsp?page=1&appid=1&appid=1&webid=110&path=/"
        "&columnid=12377&unitid=38486&webname=%25E5%25AE%259A%25E8%25A5%25BF%25E5%25B8%2582%25E6%2594%25BF"
        "%25E5%25BA%259C%25E4%25BF%25A1%25E6%2581%25AF%25E5%2585%25AC%25E5%25BC%2580%25E5%25B9%25B3%25E5"
        "%258F%25B0&permissiontype=0",
    ),
    List(
        "guangzhou-nfcms/gz_20b.html",
        "https://rsj.gz.gov.cn/ywzt/ldgx/ldzcgg/index.html",
        "nfcms",
        15,
        ("广州市劳动人事争议仲裁机构收案地址及各区联系方式", date(2025, 1, 14)),
        ("兴城市瑞斯迪制衣厂（个人独资）仲裁裁决书公告（钟娜）", date(2026, 8, 20)),
        "https://rsj.gz.gov.cn/ywzt/ldgx/ldrszyzc/zcgg/index_2.html",
    ),
    List(
        "nfra/nfra_golden_list_001.html",
        f"{NFRA}solr/openGovSerch?pageNo=2&pageSize=10&searchType=1",
        "json",
        5,
        ("国家金融监督管理总局关于黄海建信理财有限责任公司董事任职资格的批复", date(2026, 4, 21)),
        (
            "国家金融监督管理总局关于钟鸿钧众安在线财产保险股份有限公司独立董事任职资格的批复",
            date(2026, 4, 24),
        ),
        f"{NFRA}solr/openGovSerch?pageNo=3&pageSize=10&searchType=1",
    ),
    List(
        "miit/search_front_server_info_cateid57_202106.json",
        "https://www.miit.gov.cn/search-front-server/api/search/info",
        "json",
        10,
        ("工业和信息化部办公厅关于开展车联网身份认证和安全信任试点工作的通知", date(2021, 6, 10)),
        (
            "工业和信息化部关于公布2021年换发电子认证服务许可证企业名单（第二批）的通告",
            date(2021, 6, 4),
        ),
    ),
    List(
        "provincial-search-api/tianjin.success.json",
        f"{TIANJIN}&pageNumber=1",
        "igs",
        10,
        ("市金融局关于同意天津恒汇小额贷款有限公司增加注册资本的批复", date(2021, 11, 19)),
        (
            "市农业农村委关于印发《天津市光伏农业温室及园区建设技术规范（试行）》的通知",
            date(2021, 11, 16),
        ),
        f"{TIANJIN}&pageNumber=2",
    ),
]

NOTICES = [
    Notice(
        "most/most_golden_detail_bmgz_202508_194336.html",
        f"{MOST}bmgz/202508/t20250805_194336.html",
        "trs",
        "科学技术部令第23号 科技部关于废止部分规章的决定",
        "《科技部关于废止部分规章的决定》已经2025年7月21日科学技术部第5次部务会议审议通过，现予公布，自公布之日起施行。\n部 长 阴和俊\n2025年7月30日\n",
        "\n本决定自公布之日起施行。",
        {
            "索引号": "30642-2025-001",
            "发文机构": "科技部",
            "成文日期": "2025年07月30日",
            "发布日期": "2025年08月05日",
            "发文字号": "科学技术部令第23号",
            "有效性": "有效",
        },
    ),
    Notice(
        "most/most_golden_detail_gfxwj_202602_195992.html",
        f"{MOST}gfxwj/gfxwj2026/202602/t20260228_195992.html",
        "trs",
        "科技部 金融监管总局 工业和信息化部 国家知识产权局印发《关于加快推动科技保险高质量发展 有力支撑高水平科技自立自强的若干意见》的通知",
        "各省、自治区、直辖市、计划单列市及新疆生产建设兵团科技厅（委、局）；各金融监管局；",
        "推动可持续、高质量发展。",
        {
            "索引号": "30643-2026-001",
            "成文日期": "2026年02月23日",
            "发布日期": "2026年03月02日",
            "有效性": "有效",
        },
    ),
    Notice(
        "ndrc/ndrc_golden_detail_1.html",
        "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/202604/t20260409_1404577.html",
        "trs",
        "《电力重大事故隐患判定标准及治理监督管理规定》 2026年第41号令",
        "中华人民共和国国家发展和改革委员会令\n第41号\n《电力重大事故隐患判定标准及治理监督管理规定》已经2026年3月16日",
        "\n主任：郑栅洁\n2026年3月18日",
        {"发布时间": "2026/04/09", "来源": "国家能源局"},
        2,
    ),
    Notice(
        "mee/detail_xxgk06_t20260911_1165826.trimmed.html",
        f"{MEE}xxgk2018/xxgk/xxgk06/202609/t20260911_1165826.html",
        "trs",
        "关于公开征求《沿海省（区、市）近岸海域重要物种名录》意见的函",
        "为落实“十五五”时期海洋生态环境保护有关部署要求，",
        "\n生态环境部办公厅\n2026年9月4日\n（此件社会公开）",
        {
            "索引号": "000014672/2026-00310",
            "发布机关": "生态环境部办公厅",
            "生成日期": "2026-09-11",
            "文号": "环办便函〔2026〕292号",
        },
        3,
    ),
    Notice(
        "mee/detail_hdjl_t20260914_1166201.trimmed.shtml",
        f"{MEE}hdjl/yjzj/zjyj/202609/t20260914_1166201.shtml",
        "trs",
        "关于公开征求国家生态环境标准《生态环境影响评价技术导则 核动力厂（征求意见稿）》（修订HJ808-2016）意见的通知",
        "为了贯彻《中华人民共和国生态环境法典》《中华人民共和国核安全法》，",
        "（修订HJ808-2016)",
        {"发布时间": "2026-09-14"},
        1,
    ),
    Notice(
        "miit/detail_yjzj_art_3c2e4c31.trimmed.html",
        "https://www.miit.gov.cn/gzcy/yjzj/art/2026/art_3c2e4c31f3174237ba8575b3d8a8745d.html",
        "jpaas",
        "关于公开征求《饲料加工机械卫生规范》等14项强制性国家标准制修订计划项目意见的公示",
        "根据标准化工作的总体安排，现将申请立项的《饲料加工机械卫生规范》等14项强制性国家标准制修订计划项目予以公示（见附件1）。\n",
        "\n附件：1.强制性国家标准制修订计划（征求意见稿）\n2.标准立项反馈意见表\n（正文其余段落已裁剪）",
        {},
        2,
    ),
    Notice(
        "lishui-hanweb/detail_lishui_gov_art_1229283449_2493752.html",
        "http://www.lishui.gov.cn/art/2023/10/23/art_1229283449_2493752.html",
        "jcms",
        "丽水市人民政府关于下达2023年市区符合政府安排工作条件退役士兵和退出消防员安置任务的通知",
        "莲都区人民政府，市直各单位：\n根据《退役士兵安置条例》",
        "符合政府安排工作条件退役士兵和退出消防员安置任务的通知 (1).pdf",
        {
            "索引号": "113325000026455663/2023-43887",
            "文号": "丽政发〔2023〕30号",
            "发布机构": "市政府",
            "成文日期": "2023-10-16",
            "发布时间": "2023-10-23 08:59",
            "信息来源": "市府办",
        },
        1,
    ),
    Notice(
        "csrc/csrc_golden_detail_3.html",
        "http://www.csrc.gov.cn/csrc/c106256/c1653980/content.shtml",
        "ucap",
        "北京证券交易所上市公司持续监管办法（试行）",
        "北京证券交易所上市公司持续监管办法（试行）\n（2021年10月30日证监会令第189号公布 自2021年11月15日起施行）\n第一章 总 则\n第一条 为了规范",
        "\n第八章 附 则\n第三十三条 本办法自2021年11月15日起施行。",
        {},
        2,
    ),
    Notice(
        "sasac/sasac_golden_detail_1.html",
        f"{SASAC}c33689673/content.html",
        "ncontent",
        "中央企业发展规划管理办法",
        "第一章 总则\n第一条 为全面贯彻习近平新时代中国特色社会主义思想，",
        "（国务院国资委令第10号）同时废止。",
        {"文章来源": "规划局", "发布时间": "2025-06-06"},
    ),
    Notice(
        "sasac/sasac_golden_detail_4.html",
        f"{SASAC}c31372608/content.html",
        "ncontent",
        "关于改进和加强中央企业控股上市公司市值管理工作的若干意见",
        "国资发产权规〔2024〕100号\n关于改进和加强中央企业控股上市公司市值管理工作的若干意见\n",
        "依法依规严肃追究责任。",
        {"文章来源": "产权局", "发布时间": "2024-12-17"},
    ),
    Notice(
        "guangzhou-nfcms/gz_13.html",
        "https://www.gz.gov.cn/gfxwj/sbmgfxwj/gzszfhcxjsj/content/post_9518264.html",
        "nfcms",
        "广州市住房和城乡建设局关于进一步加强户籍家庭住房保障工作的通知",
        "穗建规字〔2024〕5号\n广州市住房和城乡建设局关于进一步加强户籍家庭住房保障工作的通知\n各区人民政府，",
        "\n广州市住房和城乡建设局\n2024年3月4日\n公开方式：主动公开",
        {
            "统一编号": "GZ0320240034",
            "文号": "穗建规字〔2024〕5号",
            "实施日期": "2024年03月04日",
            "失效日期": "2029年03月03日",
            "发布机关": "广州市住房和城乡建设局",
        },
        3,
    ),
    Notice(
        "guangzhou-nfcms/gz_16.html",
        "http://www.yuexiu.gov.cn/ggfw/ztfw/jy2/wjybjyxx/content/post_10527377.html",
        "nfcms",
        "广州市高校毕业生创业补贴，请查收",
        "1、一次性创业资助\n补贴条件：\n（1）",
        "\n补贴期限：一次性。",
        {"发布日期": "2025-04-08 11:24:11", "文章来源": "市人力资源社会保障局官网"},
    ),
    Notice(
        "guangzhou-nfcms/gz_24.html",
        "https://rsj.gz.gov.cn/ywzt/ztbd/zszhlwgzqmlslbrw/ylbx/content/post_10200153.html",
        "nfcms",
        "广州市社会保险基金管理中心关于开展2025年企业职工和城乡居民养老保险待遇领取资格认证的通告",
        "根据国家和省有关规定，符合企业职工基本养老保险",
        "\n广州市社会保险基金管理中心\n2025年3月27日",
        {"发表时间": "2025-03-31 17:14", "信息来源": "市人力资源社会保障局 社保中心"},
        5,
    ),
    Notice(
        "guangzhou-nfcms/gz_35b.html",
        "https://rsj.gz.gov.cn/ywzt/rcgz/rcyjrh/tzgg/content/post_10816257.html",
        "nfcms",
        "【关注】学历型人才引进入户申报指南",
        "【导语】《根据《广州市引进人才入户管理办法》，本市对具备本科及以上学历的人才设有明确的入户通道。",
        "\n立即行动吧，开启您的广州安居乐业之旅！",
        {"发表时间": "2026-05-18 15:15", "信息来源": "市人力资源社会保障局 人力资源流动管理处"},
    ),
    Notice(
        "nfra/nfra_golden_detail_003.html",
        f"{NFRA}DocInfo/SelectByDocId?docId=1255779",
        "json",
        "国家金融监督管理总局关于陈云杉兴银理财有限责任公司副总裁任职资格的批复",
        "兴银理财有限责任公司：\n《兴银理财有限责任公司关于陈云杉副总裁任职资格核准的请示》（兴理财〔2025〕91号）及相关",
        "\n国家金融监督管理总局\n2026年4月20日",
        {
            "发布日期": "2026-04-21",
            "发文字号": "金复[2026]216号",
            "索引号": "717804719/2026-301",
            "成文日期": "2026-04-20",
        },
    ),
    Notice(
        "guangzhou-gkmlpt/gkmlpt_30.html",
        "http://www.thnet.gov.cn/gkmlpt/content/9/9591/post_9591000.html",
        "gkmlpt",
        "广州市民政局 广州市财政局 广州市市场监督管理局关于印发广州市老年人助餐配餐服务管理办法的通知",
        "穗民规字〔2024〕3号\n各区民政局、财政局、市场监督管理局：\n",
        "本办法实行前按照原标准执行。",
        {"索引号": "11440106007508528C/2024-00031", "成文日期": "2024-03-14", "发布日期": "2024-10-15"},
    ),
    Notice(
        "templates-only/fgw.beijing.gov.cn.html",
        "https://fgw.beijing.gov.cn/fzggzl/zyhz/gzdt/yq/xggz/202407/t20240723_3757271.htm",
        "trs",
        "【组团式帮扶】北京教育专家团赴青海玉树开展“组团式”教育援助行动",
        "近日，由北京市教委组织的",
        "助力玉树州教育质量的全面提升和跨越式发展。",
        {"日期": "2024-07-22", "来源": "北京市援青微信公众号"},
    ),
    Notice(
        "templates-only/www.wuhan.gov.cn.html",
        "https://www.wuhan.gov.cn/sy/whyw/202311/t20231106_2294796.shtml",
        "trs",
        "第七届武汉设计双年展闭幕",
        "11月5日，第七届武汉设计双年展在",
        "席活动并致辞。",
        {"来源": "长江日报", "发布日期": "2023-11-06 08:45"},
    ),
    Notice(
        "templates-only/www.jiangsu.gov.cn.html",
        "http://www.jiangsu.gov.cn/art/2024/10/14/art_60085_11394426.html",
        "jcms",
        "“奋进新征程——庆祝中华人民共和国成立75周年江苏省美术书法展”开幕",
        "翰墨书盛世，丹青绘华章。",
        "展览将持续开放至10月13日。",
        {"来源": "省文化和旅游厅办公室"},
    ),
    Notice(
        "templates-only/www.sc.gov.cn-1.html",
        "http://www.sc.gov.cn/10462/11689/11698/11704/2025/6/3/071bf8764a6c4ac791d78c1c0acab3c5.shtml",
        "ucap",
        "四川省卫生健康委员会关于四川省第十四届人民代表大会第四次会议第14040218号建议的复函",
        "川卫函〔2025〕46号\n唐家文代表：\n",
        "\n四川省卫生健康委员会\n2025年4月24日",
        {"来源": "四川省卫生健康委员会网站"},
    ),
    Notice(
        "templates-only/jyt.ah.gov.cn.html",
        "http://jyt.ah.gov.cn/xwzx/jcjy/40690000.html",
        "generic",
        "拨动心弦 守护心灵健康 肥西县举办心理健康教育主题演讲比赛",
        "为普及心理健康知识，",
        "（特约通讯员：林兴勇）",
        {"来源": "肥西县教育局", "发布时间": "2023-11-06 00:00"},
    ),
    Notice(
        "templates-only/www.shanghai.gov.cn.html",
        "https://www.shanghai.gov.cn/nw4411/20230819/0123456789abcdef0123456789abcdef.html",
        "generic",
        "共论出版传媒业高质量发展 第十届上海民进出版传媒论坛在沪召开",
        "见习记者 王一凡\n",
        "民进中央副主席何志敏主持开幕式。",
        {"来源": "解放日报"},
    ),
]

NEITHER = [
    "nmpa-ruishu/detail_20200911083851127.head-excerpt.html",
    "provincial-search-api/guangdong.error.json",
    "provincial-search-api/chongqing.error.json",
]


def source(url: str) -> Source:
    return Source(id="real", name="real", url=url, family=None, level=Level.NATIONAL, region="")


def page(shared: Shared, file: str, url: str) -> Page:
    return Page(url=url, body=shared(f"realpages/{file}").read_bytes())


@pytest.mark.parametrize("seen", LISTS, ids=lambda seen: seen.file)
def test_a_real_list_reads_as_people_saw_it(shared: Shared, seen: List) -> None:
    real = page(shared, seen.file, seen.url)
    assert recognise(real) == seen.family
    listing = FAMILIES[seen.family].listing(real, source(seen.url))
    assert isinstance(listing, Listing)
    rows = [(item.title, item.published_on) for item in listing.items]
    assert (len(rows), rows[0], rows[-1]) == (seen.rows, seen.first, seen.last)
    assert (listing.next.url if listing.next else None) == seen.next


@pytest.mark.parametrize("seen", NOTICES, ids=lambda seen: seen.file)
def test_a_real_notice_reads_as_people_saw_it(shared: Shared, seen: Notice) -> None:
    real = page(shared, seen.file, seen.url)
    assert recognise(real) == seen.family
    notice = FAMILIES[seen.family].notice(real, source(seen.url))
    assert notice.title == seen.title
    assert notice.body[: len(seen.begins)] == seen.begins
    assert notice.body[-len(seen.ends) :] == seen.ends
    assert {fact.label: fact.value for fact in notice.facts}.items() >= seen.facts.items()
    assert len(notice.attachments) == seen.attachments


@pytest.mark.parametrize("family", [name for name in FAMILIES if name != "selectors"])
@pytest.mark.parametrize("file", [seen.file for seen in NOTICES] + NEITHER)
def test_a_real_notice_is_never_a_few_rows(shared: Shared, file: str, family: str) -> None:
    real = page(shared, file, "https://www.example.gov.cn/tzgg/index.html")
    with pytest.raises(ParseError):
        FAMILIES[family].listing(real, source(real.url))


@pytest.mark.parametrize("family", [name for name in FAMILIES if name != "selectors"])
@pytest.mark.parametrize("file", [seen.file for seen in LISTS] + NEITHER)
def test_a_real_list_is_never_a_notice(shared: Shared, file: str, family: str) -> None:
    real = page(shared, file, "https://www.example.gov.cn/tzgg/index.html")
    with pytest.raises(ParseError):
        FAMILIES[family].notice(real, source(real.url))


PLAIN = [seen for seen in LISTS if seen.file.endswith(".html") and not seen.file.startswith("nfra")]


@pytest.mark.parametrize(
    "family", ["trs", "jcms", "jpaas", "ucap", "easysite", "nfcms", "ncontent", "generic"]
)
@pytest.mark.parametrize("seen", PLAIN, ids=lambda seen: seen.file)
def test_any_family_reads_the_real_lists_that_are_plain_pages(
    shared: Shared, seen: List, family: str
) -> None:
    """A source whose family was named wrongly still gets the whole list."""
    real = page(shared, seen.file, seen.url)
    right = FAMILIES[seen.family].listing(real, source(seen.url))
    found = FAMILIES[family].listing(real, source(seen.url))
    assert isinstance(right, Listing)
    assert isinstance(found, Listing)
    assert found.items == tuple(replace(item, facts=()) for item in right.items)


@pytest.mark.parametrize("seen", [one for one in NOTICES if one.family != "json"], ids=lambda seen: seen.file)
def test_generic_reads_the_real_notices_of_all_families(shared: Shared, seen: Notice) -> None:
    notice = FAMILIES["generic"].notice(page(shared, seen.file, seen.url), source(seen.url))
    assert notice.title == seen.title
    assert notice.body.startswith(seen.begins)
    assert notice.body.endswith(seen.ends)
    assert len(notice.attachments) == seen.attachments


def test_a_row_of_the_financial_regulator_says_where_it_is_and_where_its_data_lies(shared: Shared) -> None:
    """NFRA's rows hold no address: both are made from the number of the document."""
    seen = next(one for one in LISTS if one.file.startswith("nfra"))
    listing = FAMILIES["json"].listing(page(shared, seen.file, seen.url), source(seen.url))
    assert isinstance(listing, Listing)
    first = listing.items[0]
    assert first.url == (
        "https://www.nfra.gov.cn/cn/view/pages/ItemDetail.html?docId=1255777&itemId=876&generaltype=1"
    )
    assert first.request == Request(url=f"{NFRA}DocInfo/SelectByDocId?docId=1255777")


def test_the_rows_of_one_organ_are_taken_from_a_library_of_all(shared: Shared) -> None:
    seen = next(one for one in LISTS if one.family == "igs")
    real = page(shared, seen.file, seen.url)
    asked = replace(source(seen.url), options={"issuer": "天津市科学技术局"})
    listing = FAMILIES["igs"].listing(real, asked)
    assert isinstance(listing, Listing)
    (only,) = listing.items
    assert only.title == "市科技局印发关于加强科技人才队伍建设支撑高质量发展的若干措施的通知"
    with pytest.raises(EmptyListing, match="no row by 天津市工业和信息化局 among 10"):
        FAMILIES["igs"].listing(real, replace(asked, options={"issuer": "天津市工业和信息化局"}))


def test_every_real_page_is_looked_at(shared: Shared) -> None:
    folder = shared("realpages")
    there = {str(path.relative_to(folder)) for path in folder.rglob("*.*")} - {"README.md"}
    assert there == {seen.file for seen in [*LISTS, *NOTICES]} | set(NEITHER)


def test_a_real_body_has_no_script_and_no_markup(shared: Shared) -> None:
    for seen in NOTICES:
        notice: RawNotice = FAMILIES[seen.family].notice(page(shared, seen.file, seen.url), source(seen.url))
        assert "function" not in notice.body
        assert "<p" not in notice.body
        assert not [line for line in notice.body.splitlines() if line != line.strip() or not line]
