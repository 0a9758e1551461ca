"""What is missing, as a page: one file, no script, everything escaped, fit for phones and paper."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from govproject.clock import SHANGHAI
from govproject.identity import Role
from govproject.messaging.knowing import Knowledge
from govproject.next_steps.places import SERVICES
from govproject.next_steps.views import (
    ClauseView,
    CommandView,
    ErrandView,
    NextStepsView,
    NextStepView,
)
from govproject.obligations.views import ObligationView
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Finding, Relief
from govproject.regulation.pack import pack
from govproject.regulation.text import TITLE, articles
from govproject.regulation.titles import titles
from govproject.web import pages

# An address is for who connects a system; on paper nobody can follow it.
_STYLE = """
.brought li, .known li { margin: .2rem 0; }
.address { margin: .2rem 0; color: var(--quiet); }
.address summary { cursor: pointer; }
@media print { .address { display: none; } }
"""
_OFFICES = (*(role.zh for role in Role), "专家组", "评审专家", "承建单位", "档案管理部门")
_WAIT = "请稍后重试"
_BY_ITSELF = "系统自动处理，无须人工办理"
_FEW = 2
# By severity, of a finding that nothing lifted.
_WEIGHT = {"block": '<span class="bad">须先解决</span>', "warn": '<span class="quiet">提示</span>'}


def page(view: NextStepsView) -> str:
    """The whole page."""
    title = f"下一环节还缺什么：{view.project_name or '（名称尚未同步）'}"
    particulars = (
        ("项目名称", view.project_name or "（尚未同步）"),
        *view.codes.items(),
        ("项目单位", view.unit or "（尚未同步）"),
        ("办理系统", view.service),
        ("项目标识", str(view.project_id)),
        ("预检时间", _moment(view.asked_at)),
    )
    steps = "".join(map(_errand, view.errands)) + "".join(map(_step, view.steps))
    if not steps:
        steps = f"<p>项目在本系统目前没有待办理的环节。{_where(view)}</p>"
    body = (
        f"{_list(particulars)}"
        '<p class="quiet">按已登记的情况，用办理时的同一套规则预检；不产生任何效果，'
        "以办理时的结论为准。</p>"
        f"{_elsewhere(view)}{_in_force(view.reliefs)}{steps}{_duties(view.obligations)}"
        f"{_knowledge(view.knowledge, view.backlog)}"
    )
    return pages.document(title, body, style=_STYLE)


def _where(view: NextStepsView) -> str:
    """Where the project is at work, while it is not here."""
    if view.goes_on_in is not None:
        return f"项目正在“{SERVICES[view.goes_on_in]}”办理，请到该系统查看。"
    return "项目在其他系统是否有待办理的环节，请到各系统查看。"


def _elsewhere(view: NextStepsView) -> str:
    links = "".join(
        f'<li><a href="{escape(each.url)}">{escape(each.title)}</a></li>' for each in view.elsewhere
    )
    return f'<div class="known"><p>本项目在其他系统：</p><ul>{links}</ul></div>' if links else ""


def _in_force(acts: Iterable[Relief]) -> str:
    """What the bureau excepts the project from, at whatever step."""
    items = "".join(
        f"<li>{escape(titles().get(act.rule, act.rule))}：{escape(act.named)}</li>" for act in acts
    )
    return (
        f'<section class="known"><h2>有效的例外和决定</h2><ul>{items}</ul></section>'
        if items
        else ""
    )


def _errand(view: ErrandView) -> str:
    particulars = _list((("由谁办理", _by(view.by)), ("怎么办理", view.task)))
    return (
        f'<section><h2>{escape(_named(view))}：<span class="bad">待办理</span></h2>{particulars}'
        f"<blockquote>{_article(view.article)}“{escape(view.quote)}”</blockquote>"
        f"{_address(view.command)}</section>"
    )


def _named(view: ErrandView | NextStepView) -> str:
    return view.step if view.about is None else f"{view.step}（{view.about}）"


def _by(roles: Iterable[Role]) -> str:
    return "、".join(role.zh for role in roles)


def _address(command: CommandView) -> str:
    """The request, folded: who reads the page seldom sends it."""
    return (
        '<details class="address"><summary>接口地址（供系统对接）</summary>'
        f"<code>{escape(command.method)} {escape(command.path)}</code></details>"
    )


def _how(view: NextStepView) -> str:
    """What is to be done, in the order in which it is to be done."""
    do = "提交下列材料和内容" if view.needed or view.brought else "办理"
    if view.decision.allowed:
        return f"可以{do}。"
    return f"先解决下列标明“须先解决”的各项，再{do}。"


def addressed(remedy: str) -> str | None:
    """Whom a remedy asks to act, if it begins with an office; what passes by itself asks nobody.

    >>> addressed("请区委办、区财政局出具会审意见后再办理立项。")
    '区委办、区财政局'
    >>> addressed("请等待区数据局认定报备是否规范，认定后重新申请。")
    '区数据局'
    >>> addressed("请稍后重试；长时间未恢复的，请联系区数据局运维人员。")
    '系统自动处理，无须人工办理'
    >>> addressed("请上传项目申报表后重新申报。") is None
    True
    """
    if remedy.startswith(_WAIT):
        return _BY_ITSELF
    named, rest = [], remedy.removeprefix("请").removeprefix("等待").removeprefix("由")
    while office := next((each for each in _by_length() if rest.startswith(each)), None):
        named.append(office)
        rest = rest.removeprefix(office)
        if not rest.startswith("、"):
            break
        rest = rest[1:]
    return "、".join(named) or None


def _by_length() -> list[str]:
    return sorted(_OFFICES, key=len, reverse=True)


def _step(view: NextStepView) -> str:
    name = _named(view)
    if not view.decision.allowed:
        outcome = '<span class="bad">目前不能办理</span>'
    elif view.needed:
        outcome = '<span class="bad">须备齐下列材料一并提交</span>'
    else:
        outcome = '<span class="good">按已登记的情况可以办理</span>'
    findings = "".join(f"<li>{_finding(each)}</li>" for each in view.decision.findings)
    rules = pack(view.decision.rule_pack)
    nothing = "已登记的其他情况没有发现缺项。" if view.needed else "没有发现缺项。"
    particulars = _list(
        (
            ("由谁办理", _by(view.by)),
            ("怎么办理", _how(view)),
            ("适用规则", f"{rules.title}（{rules.version}）"),
        )
    )
    return (
        f"<section><h2>{escape(name)}：{outcome}</h2>{particulars}"
        f"{f'<ol>{findings}</ol>' if findings else f'<p>{nothing}</p>'}"
        f"{_needed(view.needed)}{_brought(view)}{_address(view.command)}</section>"
    )


def _finding(finding: Finding) -> str:
    weight = _WEIGHT[finding.severity]
    if finding.lifted_by is not None:
        weight = '<span class="good">已由例外或决定准予</span>'
    # A remedy that names nobody speaks to whoever carries the project out.
    office = addressed(finding.remedy) or Role.UNIT.zh
    return (
        f"{weight} {escape(finding.message)}"
        f"<blockquote>{_cited(finding)}“{escape(finding.quote)}”</blockquote>"
        f"<p>怎么办：{escape(finding.remedy)}</p>"
        f"<p>由谁办：{escape(office)}</p>"
        f"{_relief(finding.lifted_by) if finding.lifted_by else ''}"
    )


def _needed(needed: Iterable[Finding]) -> str:
    items = "".join(f"<li>{_finding(each)}</li>" for each in needed)
    return f"<h3>不随办理提交即不予受理</h3><ol>{items}</ol>" if items else ""


def _relief(relief: Relief) -> str:
    said = (
        f"依据{relief.document}，由{relief.approver}批准，"
        f"有效期至{relief.expires_on.isoformat()}。理由：{relief.reason}"
    )
    return f"<p>{escape(said)}</p>"


def _brought(view: NextStepView) -> str:
    if not view.brought:
        return ""
    titles = "".join(f"<li>{escape(each.title)}</li>" for each in view.brought)
    clauses = "".join(f"<li>{_cited(each)}“{escape(each.quote)}”</li>" for each in view.judged_by)
    judged = f"<p>届时按以下条款核对：</p><ul>{clauses}</ul>" if clauses else ""
    return f'<div class="brought"><h3>随办理提交</h3><ul>{titles}</ul>{judged}</div>'


def _duties(obligations: Iterable[ObligationView]) -> str:
    items = "".join(
        f"<li>{escape(each.task)}{_due(each)}"
        f"<blockquote>{_article(each.article)}“{escape(each.quote)}”</blockquote></li>"
        for each in obligations
    )
    return f"<section><h2>未办结的义务事项</h2><ul>{items}</ul></section>" if items else ""


def _due(obligation: ObligationView) -> str:
    if obligation.due_on is None:
        return '<p class="quiet">没有规定期限</p>'
    day = f"<p>期限：{obligation.due_on.isoformat()}"
    if obligation.due_provisional:
        return f"{day}（暂定，工作日安排公布后确定）</p>"
    return f'{day} <span class="bad">已逾期</span></p>' if obligation.overdue else f"{day}</p>"


def _knowledge(sources: Iterable[Knowledge], backlog: int) -> str:
    items = "".join(
        f"<li>{escape(SERVICES.get(each.source, each.source))}：{escape(_age(each))}</li>"
        for each in sources
    )
    waiting = (
        f'<p class="bad">该项目有{backlog}条信息已收到而尚未处理，以上结论可能不全。</p>'
        if backlog
        else ""
    )
    if not items:
        return waiting
    return (
        f'<section class="known"><h2>所依据的其他系统信息</h2><ul>{items}</ul>{waiting}</section>'
    )


def _age(known: Knowledge) -> str:
    if known.as_of is None or known.age_minutes is None:
        return "尚未同步，不知道新旧"
    return f"截至{_moment(known.as_of)}（{_ago(known.age_minutes)}）"


def _ago(minutes: int) -> str:
    """How long ago, in the unit that people would say.

    >>> _ago(0), _ago(90), _ago(1500), _ago(10000)
    ('刚刚', '90分钟前', '25小时前', '6天前')
    """
    hours, days = minutes // 60, minutes // (24 * 60)
    if not minutes:
        return "刚刚"
    if hours < _FEW:
        return f"{minutes}分钟前"
    return f"{hours}小时前" if days < _FEW else f"{days}天前"


def _cited(clause: Finding | ClauseView) -> str:
    """The article; one of the regulation leads to its place on the regulation's page."""
    cited = Citation(clause.article, clause.clause, clause.quote, clause.source)
    return _article(clause.article) if clause.source == TITLE else escape(cited.in_words())


def _article(number: str) -> str:
    cited = f"第{escape(number)}条"
    if number in articles():
        return f'<a href="{pages.REGULATION}#a{escape(number)}">{cited}</a>'
    return cited


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    shown = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f"<dl>{shown}</dl>"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
