"""The words of the project as editors and operators read them, for every place that shows them.

Each names a value of `model`. Contains no business logic.
"""

from __future__ import annotations

from monitor.model import Decision, Kind, Relation, Status

KINDS = {
    Kind.BASELINE: "基线",
    Kind.NEW: "新增",
    Kind.REVISED: "修订",
    Kind.WITHDRAWN: "撤回",
    Kind.RESTORED: "恢复",
    Kind.DEADLINE_MOVED: "改期",
}
STATUSES = {
    None: "尚未轮询",
    Status.OK: "已读取",
    Status.UNCHANGED: "无变化",
    Status.BASELINE: "建立基线",
    Status.BLOCKED: "被拦截",
    Status.EMPTY: "列表为空",
    Status.HELD: "待人工确认",
    Status.FAILED: "读取失败",
}
DECISIONS = {
    Decision.KEEP: "采用",
    Decision.DROP: "不用",
    Decision.DEFER: "缓用",
    Decision.MOVE: "改栏目",
}
# What the other notice is to the one that is shown, and what it is where the shown one speaks of it.
LINKED = {
    Relation.INTERPRETS: ("解读", "所解读的文件"),
    Relation.PUBLICISES: ("公示", "所公示的文件"),
    Relation.FORWARDS: ("转发", "所转发的文件"),
    Relation.RELATED: ("相关", "相关"),
}
FIELDS = {
    "title": "标题",
    "doc_number": "发文字号",
    "index_number": "索引号",
    "issuers": "发文机关",
    "bodies": "现名机关",
    "signed_on": "成文日期",
    "published_on": "发布日期",
    "effective_on": "施行日期",
    "deadlines": "截止时间",
    "contacts": "联系方式",
    "body": "正文",
    "attachments": "附件",
    "printed_number": "原印文号",
    "doubts": "存疑",
}
