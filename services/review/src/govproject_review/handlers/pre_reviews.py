"""Pre-review: the unit sends materials in, the bureau passes or returns them (Arts 7, 8)."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, NotFound, Refused
from govproject.facts import PreReviewFacts
from govproject.gates import MATERIALS, PRE_REVIEW
from govproject.ids import new_id
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.web.paging import Page, Paging, paginate
from govproject_review import repository
from govproject_review.handlers import materials, opinions
from govproject_review.handlers.materials import Examinations
from govproject_review.handlers.projects import (
    full_process,
    pre_review_suits,
    sent_back,
    visible,
)
from govproject_review.lifecycle import PRE_REVIEW_STEPS, PreReviewState
from govproject_review.tables import PreReview, Project
from govproject_review.views import PreReviewView, ReviewPoints, SubmitPreReview


def submit(
    session: Session,
    context: Context,
    project_id: UUID,
    command: SubmitPreReview,
    examined: Examinations,
) -> PreReviewView:
    """Begin a round of pre-review; a returned one may be followed by another.

    So may one that passed, when the project was changed since, or a department or the experts said
    no to what was handed in.

    Args:
        session: a write transaction.
        context: the request.
        project_id: the project.
        command: what is sent in.
        examined: what was seen in its files.

    Raises:
        Conflict: a round waits for the bureau, or one has passed on the project as it is.
        Refused: a material is missing, or lacks what it must contain.
    """
    project = full_process(session, context, project_id)
    last = repository.latest(session, PreReview, project_id)
    if is_pending(last):
        raise Conflict("pre_review_pending", "预审材料已提交，请等待区数据局预审。")
    if pre_review_suits(session, project) and not sent_back(session, project):
        raise Conflict("pre_review_passed", "项目已通过预审，不需要重新提交。")
    files = materials.handed_in(session, context, command.files, examined)
    whole = materials.facts(session, context, project, files, command.statements)
    decision = context.decide(MATERIALS, whole, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    row = PreReview(
        id=new_id(),
        project_id=project.id,
        round=last.round + 1 if last else 1,
        state=PreReviewState.SUBMITTED,
        materials=command.materials,
        files=files,
        statements=command.statements,
        findings=list(decision.findings),
        submitted_at=context.now(),
        edition=project.edition,
        points={},
        reasons=[],
        verdict_findings=[],
    )
    session.add(row)
    context.publish(
        session,
        events.PreReviewSubmitted(
            project_id=project.id,
            pre_review_id=row.id,
            round=row.round,
            materials=tuple(file.kind for file in files),
            submitted_at=row.submitted_at,
        ),
    )
    return PreReviewView.model_validate(row, from_attributes=True)


def review(
    session: Session, context: Context, pre_review_id: UUID, command: ReviewPoints
) -> PreReviewView:
    """Record the bureau's verdict: passed, or returned for the reasons it gives.

    Raises:
        Refused: no reason to return was given, and a rule blocks: of the gate, or of that of the
            materials, if something has changed since they were sent in.
    """
    row = repository.pre_review(session, pre_review_id)
    project = full_process(session, context, row.project_id)
    now = context.now()
    if command.reasons:
        state = after(PRE_REVIEW_STEPS, row.state, "return")
        event: events.PreReviewReturned | events.PreReviewPassed = events.PreReviewReturned(
            project_id=project.id, reasons=tuple(command.reasons), reviewed_at=now
        )
    else:
        state = after(PRE_REVIEW_STEPS, row.state, "pass")
        asked = facts(session, context, project, row, command.points)
        whole = materials.facts(session, context, project, row.files, row.statements)
        rules = pack(project.rule_pack)
        decisions = (
            context.decide(MATERIALS, whole, pack=rules),
            context.decide(PRE_REVIEW, asked, pack=rules),
        )
        for decision in decisions:
            if not decision.allowed:
                raise Refused(decision)
        row.verdict_findings = [found for decision in decisions for found in decision.findings]
        # Who has to see what passes now has yet to speak of it (Arts 9, 10).
        before = repository.last_passed(session, project)
        repository.raise_edition(session, project)
        row.edition = project.edition
        if before is not None:
            opinions.keep(session, project, before, row)
        event = events.PreReviewPassed(
            project_id=project.id,
            reviewed_at=now,
            mobile=row.statements.mobile,
            lists=materials.with_entries(row.files),
        )
    row.state, row.points, row.reasons = state, command.points, command.reasons
    row.reviewed_by, row.reviewed_at = context.caller.subject, now
    context.publish(session, event)
    return PreReviewView.model_validate(row, from_attributes=True)


def facts(
    session: Session,
    context: Context,
    project: Project,
    row: PreReview,
    points: Mapping[str, bool],
) -> PreReviewFacts:
    """What the gate is asked about a round, with the points that were looked at."""
    return PreReviewFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        city_system_ref=project.city_system_ref,
        points=dict(points),
        mobile=row.statements.mobile,
        materials_outdated=row.edition != project.edition,
    )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[PreReviewFacts, RulePack]:
    """The gate's facts of a stored project's last round, with the points looked at so far.

    Raises:
        NotFound: there is no such project, or it has handed nothing in yet.
        Forbidden: it is another unit's.
    """
    project = visible(session, context, project_id)
    row = repository.latest(session, PreReview, project_id)
    if row is None:
        raise NotFound("pre_review_not_submitted", "该项目尚未提交预审材料。", id=str(project_id))
    return facts(session, context, project, row, row.points), pack(project.rule_pack)


def is_pending(row: PreReview | None) -> bool:
    """Whether a round waits for the bureau."""
    return row is not None and row.state is PreReviewState.SUBMITTED


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[PreReviewView]:
    """All rounds of a project's pre-review; a unit sees its own."""
    visible(session, context, project_id)
    return paginate(
        session,
        repository.rounds(PreReview, project_id),
        key=col(PreReview.id),
        paging=paging,
        view=lambda row: PreReviewView.model_validate(row, from_attributes=True),
    )
