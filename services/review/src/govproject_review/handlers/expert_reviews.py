"""The expert review: drawn experts sign their opinions, the unit concludes (Art 10).

Each expert signs with an own account. The panel passes by the majority of those who attended,
which an odd number always has.
"""

from collections import Counter
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Forbidden, Refused
from govproject.facts import PanelFacts
from govproject.gates import PANEL
from govproject.regulation.pack import RulePack, pack
from govproject.steps import after
from govproject_review import repository
from govproject_review.expertise import ConcludePanel, PanelView, SignOpinion
from govproject_review.handlers.corrections import superseded
from govproject_review.handlers.panels import (
    absent_fields,
    conflict,
    facts,
    members,
    must_be_member,
    view,
)
from govproject_review.handlers.projects import under_review, visible
from govproject_review.lifecycle import PANEL_STEPS
from govproject_review.rules.article_10_panel import Dimension
from govproject_review.tables import EarlierExpertOpinion, Expert, ExpertOpinion, Panel, Project


def sign(session: Session, context: Context, panel_id: UUID, command: SignOpinion) -> PanelView:
    """Sign an opinion, or replace it while the panel has not concluded; the one before is kept.

    Raises:
        Invalid: the one before is on what the project is now, and no reason is given.
        Forbidden: the account is another expert's.
        Conflict: the expert is no member of the panel, must step back, or the account signed for
            another of it.
    """
    panel = repository.panel(session, panel_id)
    project = under_review(session, context, panel.project_id)
    after(PANEL_STEPS, panel.state, "sign")
    expert = repository.expert(session, command.expert_id)
    if expert.account != context.caller.subject:
        raise Forbidden(
            "not_this_expert",
            f"论证意见只能由专家本人签署（第10条）：专家{expert.name}登记的账号为“{expert.account}”，"
            f"当前账号为“{context.caller.subject}”。请由本人登录后签署。",
        )
    must_be_member(panel, expert.id)
    reason = conflict(context, project, expert, panel.parties)
    if reason is not None:
        raise Conflict(
            "expert_conflict",
            f"专家{expert.name}应当回避，不能签署论证意见（第10条）：{reason}；"
            "请区数据局登记其回避，由候补专家递补。",
        )
    _must_not_have_signed_for_another(session, context, panel, expert)
    last = session.get(ExpertOpinion, (panel.id, expert.id))
    if last is not None:
        outdated = last.edition != project.edition
        kept_with = superseded(context, command.because, asked_again=outdated)
        session.add(EarlierExpertOpinion(**dict(last), **kept_with))
    row = session.merge(
        ExpertOpinion(
            panel_id=panel.id,
            expert_id=expert.id,
            revision=last.revision + 1 if last else 1,
            in_favour=command.in_favour,
            comments=dict(command.comments),
            edition=project.edition,
            signed_by=context.caller.subject,
            signed_at=context.now(),
        )
    )
    context.publish(
        session,
        events.PanelOpinionSigned(
            project_id=project.id,
            panel_id=panel.id,
            expert_id=expert.id,
            in_favour=row.in_favour,
            signed_at=row.signed_at,
            revision=row.revision,
            because=command.because or "",
        ),
    )
    return view(session, panel)


def conclude(
    session: Session, context: Context, panel_id: UUID, command: ConcludePanel
) -> PanelView:
    """Close the expert review with those who attended; the majority of them decides.

    Raises:
        NotFound: an attendant is not in the pool.
        Conflict: somebody who signed is left out.
        Refused: the panel breaks a rule: its number, its draw, its opinions.
    """
    panel = repository.panel(session, panel_id)
    project = under_review(session, context, panel.project_id)
    after(PANEL_STEPS, panel.state, "pass")
    attended = list(dict.fromkeys(command.attended))
    attendance = _attendance(session, context, project, panel, attended)
    votes = {
        opinion.expert_id: opinion.in_favour
        for opinion in repository.expert_opinions(session, panel.id)
        if opinion.edition == project.edition and opinion.expert_id in members(panel)
    }
    if not votes.keys() <= set(attended):
        # A signed dissent would otherwise be lost by not naming its author.
        raise Conflict("signed_expert_omitted", "已签署论证意见的专家不得从到会名单中遗漏。")
    decision = context.decide(PANEL, attendance, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    passed = sum(votes.values()) * 2 > len(attended)
    panel.state = after(PANEL_STEPS, panel.state, "pass" if passed else "fail")
    panel.attended = attended
    panel.concluded_at, panel.edition = context.now(), project.edition
    panel.findings = list(decision.findings)
    context.publish(
        session,
        events.PanelConcluded(
            project_id=project.id,
            panel_id=panel.id,
            attended=len(attended),
            passed=passed,
            concluded_at=panel.concluded_at,
        ),
    )
    return view(session, panel)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[PanelFacts, RulePack]:
    """The panel gate's facts if the review were concluded with those who have signed."""
    project = visible(session, context, project_id)
    panel = repository.latest(session, Panel, project_id)
    if panel is None:
        return facts(session, context, project, signed=0), pack(project.rule_pack)
    drawn = members(panel)
    opinions = repository.expert_opinions(session, panel.id)
    signed = [opinion.expert_id for opinion in opinions if opinion.expert_id in drawn]
    return _attendance(session, context, project, panel, signed), pack(project.rule_pack)


def _must_not_have_signed_for_another(
    session: Session, context: Context, panel: Panel, expert: Expert
) -> None:
    for opinion in repository.expert_opinions(session, panel.id):
        if opinion.signed_by == context.caller.subject and opinion.expert_id != expert.id:
            raise Conflict(
                "account_has_signed",
                "该账号已为本专家组的另一位专家签署论证意见，一人只能签署一份（第10条）；"
                "须由每位专家本人签署。",
                expert_id=str(opinion.expert_id),
            )


def _attendance(
    session: Session, context: Context, project: Project, panel: Panel, attended: list[UUID]
) -> PanelFacts:
    drawn = members(panel)
    opinions = {o.expert_id: o for o in repository.expert_opinions(session, panel.id)}
    signatures = Counter(opinions[each].signed_by for each in attended if each in opinions)
    signed, not_drawn, incomplete, same_hand, conflicted = 0, [], [], [], []
    for expert_id in attended:
        expert = repository.expert(session, expert_id)
        name = expert.name
        if (reason := conflict(context, project, expert, panel.parties)) is not None:
            conflicted.append(f"{name}（{reason}）")
        opinion = opinions.get(expert_id)
        if opinion is not None and signatures[opinion.signed_by] > 1:
            same_hand.append(name)
        if expert_id not in drawn:
            not_drawn.append(name)
        elif opinion is None:
            incomplete.append(f"{name}（未签署）")
        elif opinion.edition != project.edition:
            incomplete.append(f"{name}（签署后项目或材料已变更，须重新签署）")
        else:
            signed += 1
            missing = "、".join(d.zh for d in Dimension if d not in opinion.comments)
            if missing:
                incomplete.append(f"{name}（缺{missing}）")
    return facts(
        session,
        context,
        project,
        signed=signed,
        absent_members=tuple(
            repository.expert(session, expert_id).name
            for expert_id in sorted(drawn.difference(attended))
        ),
        not_from_the_draw=tuple(not_drawn),
        conflicted=tuple(conflicted),
        incomplete_opinions=tuple(incomplete),
        signed_by_one_account=tuple(same_hand),
        absent_fields=absent_fields(panel),
    )
