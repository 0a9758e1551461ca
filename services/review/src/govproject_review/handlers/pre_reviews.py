"""Pre-review: the unit sends materials in, the bureau passes or returns them (Art 7)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Refused
from govproject.facts import PreReviewFacts
from govproject.gates import PRE_REVIEW
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.web.paging import Page, Paging, paginate
from govproject_review import repository
from govproject_review.handlers.projects import full_process, visible
from govproject_review.lifecycle import PRE_REVIEW_STEPS, PreReviewState, after
from govproject_review.tables import PreReview
from govproject_review.views import PreReviewView, ReviewPoints, SubmitPreReview


def submit(
    session: Session, context: Context, project_id: UUID, command: SubmitPreReview
) -> PreReviewView:
    """Begin a round of pre-review; a returned one may be followed by another.

    Raises:
        Conflict: a round waits for the bureau, or one has passed.
    """
    project = full_process(session, context, project_id)
    last = repository.latest(session, PreReview, project_id)
    if last is not None and last.state is PreReviewState.SUBMITTED:
        raise Conflict("pre_review_pending", "预审材料已提交，请等待区数据局预审。")
    if last is not None and last.state is PreReviewState.PASSED:
        raise Conflict("pre_review_passed", "项目已通过预审，不需要重新提交。")
    row = PreReview(
        id=new_id(),
        project_id=project.id,
        round=last.round + 1 if last else 1,
        state=PreReviewState.SUBMITTED,
        materials=command.materials,
        submitted_at=context.now(),
        points={},
        reasons=[],
    )
    session.add(row)
    return PreReviewView.model_validate(row, from_attributes=True)


def review(
    session: Session, context: Context, pre_review_id: UUID, command: ReviewPoints
) -> PreReviewView:
    """Record the bureau's verdict: passed, or returned for the reasons it gives.

    Raises:
        Refused: no reason to return was given, and a rule of the gate blocks.
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
        facts = PreReviewFacts(
            today=context.today(),
            reliefs=repository.reliefs(session, project.id),
            city_system_ref=project.city_system_ref,
            points=command.points,
        )
        decision = context.decide(PRE_REVIEW, facts, pack=pack(project.rule_pack))
        if not decision.allowed:
            raise Refused(decision)
        event = events.PreReviewPassed(project_id=project.id, reviewed_at=now)
    row.state, row.points, row.reasons = state, command.points, command.reasons
    row.reviewed_by, row.reviewed_at = context.caller.subject, now
    context.publish(session, event)
    return PreReviewView.model_validate(row, from_attributes=True)


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
