"""Drawing an expert panel and replacing its members: the bureau's part of Art 10.

The unit convenes, the bureau draws: the expert review itself is in `expert_reviews`.
"""

import secrets
from collections.abc import Sequence
from functools import partial
from uuid import UUID

import structlog
from sqlmodel import Session, col

from govproject.adapters import ExpertConflictCase
from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Refused
from govproject.facts import PanelFacts
from govproject.gates import PANEL
from govproject.ids import new_id
from govproject.persistence.tables import StoredFile
from govproject.regulation.pack import pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.terms import Track
from govproject.web.paging import Page, Paging, paginate
from govproject_review import draw, repository
from govproject_review.draw import ExpertField, PoolEntry, Seating, Withdrawal
from govproject_review.expertise import (
    DrawPanel,
    ExpertOpinionView,
    PanelSummary,
    PanelView,
    WithdrawExpert,
)
from govproject_review.handlers.projects import (
    must_be_pre_reviewed,
    panel_failed,
    panel_passed,
    under_review,
    visible,
)
from govproject_review.lifecycle import PANEL_STEPS, PanelState
from govproject_review.rules.article_10_panel import minimum, suits
from govproject_review.tables import Expert, ExpertOpinion, Panel, PreReview, Project

_UNKNOWN = "回避检查未能给出结论"
_RETRY = "不能抽取或递补专家（第10条）；请稍后重试，如持续出现，请联系运维人员检查部门插件。"

log = structlog.get_logger(__name__)

_WHY_AGAIN = {
    PanelState.DRAWN: "项目金额变更后，原专家组人数不符合要求",
    PanelState.DISSOLVED: "专家退出后无人可替补，原专家组已解散",
    PanelState.FAILED: "上一轮专家评审未通过",
    PanelState.PASSED: "项目变更后，原评审结论不再适用",
}


def draw_panel(
    session: Session, context: Context, project_id: UUID, command: DrawPanel
) -> PanelView:
    """Draw a panel from the pool, with a seed that nobody chose.

    Raises:
        Conflict: pre-review has not passed, a panel is there already or said no to the same
            materials, or too few may serve.
        Refused: a panel of this size would break a rule.
    """
    project = under_review(session, context, project_id)
    if project.track is Track.FULL_PROCESS:
        must_be_pre_reviewed(session, project, before="抽取评审专家（第10条）")
    least = minimum(pack(project.rule_pack), project.budget_yuan)
    last = repository.latest(session, Panel, project_id)
    because = "" if last is None else _WHY_AGAIN[last.state]
    if last is not None and last.state is PanelState.DRAWN:
        # Only a change of the amount can leave an open panel that cannot conclude.
        if last.size >= least and suits(pack(project.rule_pack), project.budget_yuan, last.size):
            raise Conflict("panel_open", "项目已抽取专家组且尚未形成结论，不能重新抽取。")
        last.state = after(PANEL_STEPS, last.state, "dissolve")
    if panel_passed(session, project):
        raise Conflict("panel_passed", "项目已通过专家评审，不需要重新抽取。")
    if project.track is Track.FULL_PROCESS and panel_failed(session, project):
        raise Conflict(
            "panel_failed",
            "专家评审未通过（第10条），材料未作修改，不能另行抽取专家组重新评审。",
        )
    size = command.size or least
    fields = list(dict.fromkeys(command.fields))
    experts = repository.experts_in_pool(session)
    parties = list(dict.fromkeys(command.parties))
    pool = draw.once_each([_entry(context, project, expert, parties) for expert in experts])
    seed = secrets.token_hex(16)
    absent = draw.absent(draw.seating(pool, seed, size, fields).members, fields)
    planned = facts(session, context, project, signed=size, absent_fields=_names(absent))
    decision = context.decide(PANEL, planned, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    eligible = sum(entry.recusal is None for entry in pool)
    if eligible < size <= eligible + sum(entry.recusal == _UNKNOWN for entry in pool):
        raise Conflict("conflict_check_failed", f"专家库中部分专家的{_UNKNOWN}，{_RETRY}")
    if eligible < size:
        raise Conflict(
            "pool_too_small",
            f"专家库中可参加本项目评审的专家只有{eligible}人，不足{size}人，请补充专家库后再抽取。",
            eligible=eligible,
            size=size,
        )
    panel = Panel(
        id=new_id(),
        project_id=project.id,
        round=last.round + 1 if last else 1,
        state=PanelState.DRAWN,
        size=size,
        fields=fields,
        parties=parties,
        seed=seed,
        pool=pool,
        withdrawals=[],
        drawn_by=context.caller.subject,
        drawn_at=context.now(),
        attended=[],
        findings=list(decision.findings),
    )
    session.add(panel)
    context.publish(
        session,
        events.PanelDrawn(
            project_id=project.id,
            panel_id=panel.id,
            size=size,
            seed=panel.seed,
            drawn_at=panel.drawn_at,
            round=panel.round,
            pool_digest=draw.digest(pool),
            because=because,
        ),
    )
    return view(session, panel)


def withdraw(
    session: Session, context: Context, panel_id: UUID, command: WithdrawExpert
) -> PanelView:
    """Replace a member who cannot or must not serve by the next alternate.

    When no alternate is left the panel is dissolved, and another can be drawn.

    Raises:
        Conflict: the expert is no member, has signed already and has no conflict, or a department
            cannot say whether the successor has one.
    """
    panel = repository.panel(session, panel_id)
    project = under_review(session, context, panel.project_id)
    after(PANEL_STEPS, panel.state, "replace")
    must_be_member(panel, command.expert_id)
    signed = session.get(ExpertOpinion, (panel.id, command.expert_id))
    leaver = repository.expert(session, command.expert_id)
    stands = signed is not None and signed.edition == project.edition
    if stands and conflict(context, project, leaver, panel.parties) in (None, _UNKNOWN):
        raise Conflict(
            "already_signed",
            "该专家已签署论证意见，不能再替换。",
            article="10",
            remedy="无须替换；该专家应当回避的，请区数据局先登记其利害关系声明，再由候补专家递补。",
        )
    successor_id = _withdraw(session, context, panel, command.expert_id, command.reason)
    # Alternates were screened at the draw; a conflict may have been declared since.
    while successor_id is not None:
        successor = repository.expert(session, successor_id)
        reason = _recusal(context, project, successor, panel.parties)
        if reason is None:
            break
        if reason == _UNKNOWN:
            # It would not be known why one alternate after the other had to go.
            raise Conflict("conflict_check_failed", f"专家{successor.name}的{_UNKNOWN}，{_RETRY}")
        successor_id = _withdraw(session, context, panel, successor.id, reason)
    else:
        panel.state = after(PANEL_STEPS, panel.state, "dissolve")
    return view(session, panel)


def show(session: Session, context: Context, panel_id: UUID) -> PanelView:
    """One panel with the record of its draw; a unit sees its own."""
    panel = repository.panel(session, panel_id)
    visible(session, context, panel.project_id)
    return view(session, panel)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[PanelSummary]:
    """All panels of a project: how often was drawn is for everyone to see."""
    visible(session, context, project_id)
    return paginate(
        session,
        repository.rounds(Panel, project_id),
        key=col(Panel.id),
        paging=paging,
        view=lambda panel: PanelSummary.model_validate(panel, from_attributes=True),
    )


def facts(
    session: Session,
    context: Context,
    project: Project,
    *,
    signed: int,
    absent_members: tuple[str, ...] = (),
    not_from_the_draw: tuple[str, ...] = (),
    conflicted: tuple[str, ...] = (),
    incomplete_opinions: tuple[str, ...] = (),
    signed_by_one_account: tuple[str, ...] = (),
    absent_fields: tuple[str, ...] = (),
) -> PanelFacts:
    """What the panel gate is asked about a project's panel."""
    return PanelFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        amount_yuan=project.budget_yuan,
        signed=signed,
        absent_members=absent_members,
        not_from_the_draw=not_from_the_draw,
        conflicted=conflicted,
        incomplete_opinions=incomplete_opinions,
        signed_by_one_account=signed_by_one_account,
        absent_fields=absent_fields,
    )


def absent_fields(panel: Panel) -> tuple[str, ...]:
    """The fields that were asked for and that no member knows."""
    return _names(draw.absent(_seating(panel).members, panel.fields))


def _names(fields: Sequence[ExpertField]) -> tuple[str, ...]:
    return tuple(each.zh for each in fields)


def _entry(context: Context, project: Project, expert: Expert, parties: Sequence[str]) -> PoolEntry:
    return PoolEntry(
        expert_id=expert.id,
        name=expert.name,
        employer=expert.employer,
        fields=tuple(expert.fields),
        recusal=_recusal(context, project, expert, parties),
    )


def _recusal(
    context: Context, project: Project, expert: Expert, parties: Sequence[str]
) -> str | None:
    """Why this expert is not drawn: retired, or a conflict."""
    if expert.retired_at is not None:
        return "已退出专家库"
    return conflict(context, project, expert, parties)


def conflict(
    context: Context, project: Project, expert: Expert, parties: Sequence[str]
) -> str | None:
    """Why this expert must step back now: known to the pool, or known to a department."""
    known = draw.recusal(
        employer=expert.employer,
        declared_conflicts=expert.declared_conflicts,
        unit=project.unit,
        project_name=project.project_name,
        parties=parties,
    )
    if known is not None:
        return known
    case = ExpertConflictCase(
        expert_name=expert.name,
        employer=expert.employer,
        declared_conflicts=tuple(expert.declared_conflicts),
        project_id=project.id,
        project_name=project.project_name,
        unit=project.unit,
    )
    try:
        reasons = context.hooks.adapters.expert_conflicts(case=case)
    except Exception:  # whatever a plugin raises: without its answer nobody is drawn
        log.exception("conflict check failed", expert_id=str(expert.id))
        return _UNKNOWN
    return "；".join(map(str, reasons)) or None


def _seating(panel: Panel) -> Seating:
    gone = [withdrawal.expert_id for withdrawal in panel.withdrawals]
    return draw.seating(panel.pool, panel.seed, panel.size, panel.fields, gone)


def members(panel: Panel) -> set[UUID]:
    """Who sits on the panel after all withdrawals."""
    return {entry.expert_id for entry in _seating(panel).members}


def must_be_member(panel: Panel, expert_id: UUID) -> None:
    """Refuse who was not drawn. Raises Conflict."""
    if expert_id not in members(panel):
        raise Conflict("not_drawn", "该专家不在区数据局为本项目抽取的专家组内（第10条）。")


def judges_by(session: Session, context: Context, file_id: UUID) -> bool:
    """Whether the caller sits on the panel of a project whose materials have this file."""
    stored = session.get(StoredFile, file_id)
    if stored is None or stored.unit is None:
        return False
    for project in session.exec(repository.projects(stored.unit)):
        sent_in = repository.latest(session, PreReview, project.id)
        panel = repository.latest(session, Panel, project.id)
        if sent_in is None or panel is None:
            continue
        if any(each.file_id == file_id for each in sent_in.files):
            seated = map(partial(repository.expert, session), members(panel))
            if any(each.account == context.caller.subject for each in seated):
                return True
    return False


def _withdraw(
    session: Session, context: Context, panel: Panel, expert_id: UUID, reason: str
) -> UUID | None:
    """Put it on record, and say who takes the seat; None when nobody is left."""
    before = members(panel)
    left = Withdrawal(expert_id=expert_id, reason=reason, withdrawn_at=context.now())
    panel.withdrawals = [*panel.withdrawals, left]
    successor_id = next(iter(members(panel) - before), None)
    context.publish(
        session,
        events.PanelMemberWithdrawn(
            project_id=panel.project_id,
            panel_id=panel.id,
            expert_id=expert_id,
            reason=reason,
            successor_id=successor_id,
            withdrawn_at=left.withdrawn_at,
        ),
    )
    return successor_id


def view(session: Session, panel: Panel) -> PanelView:
    """The panel with the record of its draw and its signed opinions."""
    members, alternates = _seating(panel)
    return PanelView(
        **panel.model_dump(),
        members=members,
        alternates=alternates,
        warnings=panel.findings,
        opinions=[
            _opinion_view(session, opinion)
            for opinion in repository.expert_opinions(session, panel.id)
        ],
    )


def _opinion_view(session: Session, opinion: ExpertOpinion) -> ExpertOpinionView:
    earlier = repository.earlier_expert_opinions(session, opinion.panel_id, opinion.expert_id)
    return ExpertOpinionView.model_validate({**dict(opinion), "earlier": list(map(dict, earlier))})
