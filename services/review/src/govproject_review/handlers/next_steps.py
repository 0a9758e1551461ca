"""The steps of a review that a project stands before (Arts 7-11)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.facts import MaterialsFacts, Statements
from govproject.gates import APPROVAL, MATERIALS, PANEL, PRE_REVIEW, TENDER
from govproject.identity import Role
from govproject.next_steps.steps import Asked, NextSteps, Step, Subject
from govproject.regulation.pack import RulePack, pack
from govproject.terms import ContractClause, CostHead, MobileScope, PreReviewMaterial, Track
from govproject_review import repository
from govproject_review.examining import complete
from govproject_review.handlers import (
    approvals,
    expert_reviews,
    materials,
    panels,
    pre_reviews,
    tenders,
)
from govproject_review.handlers.projects import (
    browse,
    is_approved,
    panel_failed,
    panel_passed,
    pre_review_stands,
    pre_review_suits,
    sent_back,
    visible,
)
from govproject_review.lifecycle import PanelState
from govproject_review.rules.article_02_exemption import PORTAL_POINT
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.rules.article_10_panel import minimum
from govproject_review.tables import Panel, PreReview, Project, Tender

_A_FEN = Decimal("0.01")


def subject(session: Session, context: Context, project_id: UUID) -> Subject:
    """A project that the caller may see."""
    project = visible(session, context, project_id)
    return Subject(project.project_name, project.unit)


def _materials(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """A round begins with all materials anew."""
    project = repository.project(session, project_id)
    pending = pre_reviews.is_pending(repository.latest(session, PreReview, project_id))
    if _under_review(session, project) and not pending and _to_hand_in(session, project):
        rules = pack(project.rule_pack)
        facts = materials.facts(session, context, project, [], Statements())
        yield Asked(facts, rules, _submission(facts, rules), papers=True)


def _kept_materials(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """What was handed in is judged once more, for something may have changed since."""
    for row in _pending(session, project_id):
        facts, rules = materials.stored_facts(session, context, project_id)
        yield Asked(facts, rules, ids={"pre_review_id": row.id})


def _focus(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    for row in _pending(session, project_id):
        project = repository.project(session, project_id)
        points = dict.fromkeys((*POINTS, PORTAL_POINT), True)
        facts = pre_reviews.facts(session, context, project, row, {})
        rules = pack(project.rule_pack)
        yield Asked(facts, rules, {"points": points}, ids={"pre_review_id": row.id})


def _draw(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    project = repository.project(session, project_id)
    last = repository.latest(session, Panel, project_id)
    drawn = last is not None and last.state is PanelState.DRAWN
    may_draw = _under_review(session, project) and pre_review_stands(session, project)
    said = panel_passed(session, project) or panel_failed(session, project)
    if may_draw and not drawn and not said:
        rules = pack(project.rule_pack)
        least = minimum(rules, project.budget_yuan)
        facts = panels.facts(session, context, project, signed=0)
        yield Asked(facts, rules, {"signed": least})


def _conclusion(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """With those who have signed."""
    last = repository.latest(session, Panel, project_id)
    if last is not None and last.state is PanelState.DRAWN:
        facts, rules = expert_reviews.stored_facts(session, context, project_id)
        yield Asked(facts, rules, ids={"panel_id": last.id})


def _approval(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """All that comes before is asked for here as well."""
    if _under_review(session, repository.project(session, project_id)):
        facts, rules = approvals.stored_facts(session, context, project_id)
        yield Asked(facts, rules, {"amount_yuan": facts.amount_yuan})


def _tender(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Until there are documents on record; on the full-process track from the approval on."""
    project = repository.project(session, project_id)
    ready = project.track is not Track.FULL_PROCESS or is_approved(session, project_id)
    if not ready or project.decommissioned_at or repository.latest(session, Tender, project_id):
        return
    facts, rules = tenders.stored_facts(session, context, project_id)
    supposed = {"based_on": facts.on_record, "clauses": dict.fromkeys(ContractClause, "招标文件")}
    yield Asked(facts, rules, supposed)


def _pending(session: Session, project_id: UUID) -> Iterator[PreReview]:
    row = repository.latest(session, PreReview, project_id)
    project = repository.project(session, project_id)
    if row is not None and pre_reviews.is_pending(row) and _under_review(session, project):
        yield row


def _to_hand_in(session: Session, project: Project) -> bool:
    """Whether materials are to be handed in: for the first time, or others (Arts 7, 9, 10)."""
    return not pre_review_suits(session, project) or sent_back(session, project)


def _under_review(session: Session, project: Project) -> bool:
    """Whether the steps of the full-process track go on."""
    return (
        project.track is Track.FULL_PROCESS
        and project.decommissioned_at is None
        and not is_approved(session, project.id)
    )


def _submission(facts: MaterialsFacts, rules: RulePack) -> dict[str, Any]:
    """Every kind of material with all of its parts, and costs that add up to the budget."""
    rest = (CostHead.OTHER_COSTS, CostHead.CONTINGENCY)
    funds = min(_A_FEN, facts.budget_yuan)
    return {
        "documents": {kind: complete(kind, rules) for kind in PreReviewMaterial},
        "costs_yuan": {
            CostHead.DIRECT_COST: facts.budget_yuan - funds,
            CostHead.NETWORK_SECURITY_COST: funds,
            **dict.fromkeys(rest, 0),
        },
        "total_yuan": facts.budget_yuan,
        "statements": Statements(
            mobile=MobileScope.NONE, zero_costs=dict.fromkeys(rest, "本项目没有")
        ),
    }


def _goes_on_in(session: Session, context: Context, project_id: UUID) -> str | None:
    project = repository.project(session, project_id)
    return None if project.decommissioned_at or _under_review(session, project) else "intake"


_VERDICT = "POST /pre-reviews/{pre_review_id}/verdict"

NEXT_STEPS = NextSteps(
    subject,
    (
        Step(
            "提交预审材料",
            MATERIALS,
            (Role.UNIT,),
            _materials,
            "POST /projects/{project_id}/pre-reviews",
        ),
        Step("预审：材料", MATERIALS, (Role.BUREAU,), _kept_materials, _VERDICT),
        Step("预审：重点审查", PRE_REVIEW, (Role.BUREAU,), _focus, _VERDICT),
        Step("抽取评审专家", PANEL, (Role.BUREAU,), _draw, "POST /projects/{project_id}/panels"),
        Step(
            "专家评审结论",
            PANEL,
            (Role.UNIT,),
            _conclusion,
            "POST /panels/{panel_id}/conclusion",
        ),
        Step(
            "立项审批", APPROVAL, (Role.BUREAU,), _approval, "POST /projects/{project_id}/approval"
        ),
        Step(
            "登记招标文件",
            TENDER,
            (Role.UNIT,),
            _tender,
            "POST /projects/{project_id}/tender-documents",
        ),
    ),
    browse,
    goes_on_in=_goes_on_in,
)
