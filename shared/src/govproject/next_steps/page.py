"""What is missing, as a page: one file, no script, everything escaped, fit for phones and paper."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final

from govproject.clock import SHANGHAI
from govproject.identity import Role
from govproject.messaging.knowing import Knowledge
from govproject.next_steps.views import ClauseView, NextStepsView, NextStepView
from govproject.obligations.views import ObligationView
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Finding, Relief
from govproject.regulation.pack import pack
from govproject.regulation.text import TITLE, articles
from govproject.web.regulation import PATH

SERVICES: Final = {
    "intake": "项目申报与报备",
    "review": "项目评审与立项",
    "acceptance": "项目验收",
    "archive": "项目档案",
    "cloud-alloc": "政务云资源分配",
}
"""What the services call themselves."""
_STYLE = """
:root { color-scheme: light dark; --line: #d0d0d0; --quiet: #5a5a5a; --bad: #a61b1b;
  --good: #1b6b35; }
@media (prefers-color-scheme: dark) { :root { --line: #444; --quiet: #aaa; --bad: #ff8a80;
  --good: #81c995; } }
@page { size: A4; margin: 18mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; line-height: 1.7;
  overflow-wrap: anywhere; font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", "SimSun", sans-serif; }
h1 { font-size: 1.4rem; line-height: 1.4; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; border-top: 1px solid var(--line);
  padding-top: 1rem; break-after: avoid; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; break-after: avoid; }
p { margin: .2rem 0; }
ol, ul { margin: .3rem 0; padding-left: 1.4rem; }
li { margin: .7rem 0; break-inside: avoid; }
.brought li, .known li { margin: .2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: .3rem 0; }
dd { margin: 0; }
blockquote { margin: .1rem 0; padding-left: .8rem; border-left: 3px solid var(--line);
  color: var(--quiet); }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
@media print { :root { color-scheme: light; --line: #999; --quiet: #333; --bad: #000;
  --good: #000; } body { max-width: none; padding: 0; } a { color: inherit;
  text-decoration: none; } }
"""
_OFFICES = (*(role.zh for role in Role), "专家组")
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
    steps = "".join(map(_step, view.steps)) or "<p>项目在本系统目前没有待办理的环节。</p>"
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1>{_list(particulars)}"
        '<p class="quiet">按已登记的情况，用办理时的同一套规则预检；不产生任何效果，'
        "以办理时的结论为准。</p>"
        f"{steps}{_duties(view.obligations)}{_knowledge(view.knowledge, view.backlog)}"
        "</body></html>\n"
    )


def addressed(remedy: str) -> str | None:
    """Whom a remedy asks to act, if it begins with an office.

    >>> addressed("请区委办、区财政局出具会审意见后再办理立项。")
    '区委办、区财政局'
    >>> addressed("请上传项目申报表后重新申报。") is None
    True
    """
    named, rest = [], remedy.removeprefix("请")
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
    name = view.step if view.about is None else f"{view.step}（{view.about}）"
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
            ("由谁办理", "、".join(role.zh for role in view.by)),
            ("适用规则", f"{rules.title}（{rules.version}）"),
            *((("办理对象标识", str(view.record_id)),) if view.record_id else ()),
        )
    )
    return (
        f"<section><h2>{escape(name)}：{outcome}</h2>{particulars}"
        f"{f'<ol>{findings}</ol>' if findings else f'<p>{nothing}</p>'}"
        f"{_needed(view.needed)}{_brought(view)}</section>"
    )


def _finding(finding: Finding) -> str:
    weight = _WEIGHT[finding.severity]
    if finding.lifted_by is not None:
        weight = '<span class="good">已由例外或决定准予</span>'
    office = addressed(finding.remedy)
    return (
        f"{weight} {escape(finding.message)}"
        f"<blockquote>{_cited(finding)}“{escape(finding.quote)}”</blockquote>"
        f"<p>怎么办：{escape(finding.remedy)}</p>"
        f"{f'<p>由谁办：{escape(office)}</p>' if office else ''}"
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
        f"<blockquote>第{escape(each.article)}条“{escape(each.quote)}”</blockquote></li>"
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
    return f"截至{_moment(known.as_of)}（{known.age_minutes}分钟前）"


def _cited(clause: Finding | ClauseView) -> str:
    """The article; one of the regulation leads to its place on the regulation's page."""
    cited = Citation(clause.article, clause.clause, clause.quote, clause.source).in_words()
    if clause.source == TITLE and clause.article in articles():
        return f'<a href="{PATH}#a{escape(clause.article)}">{escape(cited)}</a>'
    return escape(cited)


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    shown = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f"<dl>{shown}</dl>"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
