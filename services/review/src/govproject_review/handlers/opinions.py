"""The joint review: each department gives its own opinion, the unit answers (Art 9)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Invalid, NotFound
from govproject.identity import Role
from govproject.terms import Department, PreReviewMaterial, Verdict
from govproject_review import repository
from govproject_review.handlers.corrections import superseded
from govproject_review.handlers.projects import (
    full_process,
    must_be_pre_reviewed,
    opinion_view,
)
from govproject_review.rules.article_09_joint_review import reviewed_by
from govproject_review.tables import DepartmentOpinion, EarlierOpinion, PreReview, Project
from govproject_review.views import Answer, GiveOpinion, OpinionView

DEPARTMENTS = {
    Role.PARTY_OFFICE: Department.PARTY_OFFICE,
    Role.CYBERSPACE: Department.CYBERSPACE,
    Role.FINANCE: Department.FINANCE,
    Role.AUDIT: Department.AUDIT,
}


def give(session: Session, context: Context, project_id: UUID, command: GiveOpinion) -> OpinionView:
    """Record the opinion of the caller's own department; until approval it may replace it.

    The one before is kept. One on what the project is now is replaced for a reason only.

    Raises:
        Conflict: the pre-review has not passed, or was of the project before a change.
        Invalid: the audit bureau supervises and says neither yes nor no, or no reason is given.
    """
    department = DEPARTMENTS[context.caller.role]
    if department is Department.AUDIT and command.verdict is Verdict.FAIL:
        raise Invalid(
            "audit_supervises",
            "区审计局实行审计监督，不作不通过的结论；有审计意见的请选择附条件通过，"
            "项目单位答复后方可立项（第9条）。",
        )
    project = full_process(session, context, project_id)
    must_be_pre_reviewed(session, project, before="开展部门会审（第9条）")
    now = context.now()
    last = repository.opinion(session, project.id, department)
    if last is not None:
        outdated = last.edition != project.edition
        _keep_as_it_stood(session, context, last, command.because, asked_again=outdated)
    row = session.merge(
        DepartmentOpinion(
            project_id=project.id,
            department=department,
            revision=last.revision + 1 if last else 1,
            verdict=command.verdict,
            opinion=command.opinion,
            edition=project.edition,
            recorded_by=context.caller.subject,
            recorded_at=now,
            answer=None,
            answered_at=None,
        )
    )
    context.publish(
        session,
        events.DepartmentOpinionRecorded(
            project_id=project.id,
            department=department,
            verdict=command.verdict,
            opinion=command.opinion,
            recorded_at=now,
            revision=row.revision,
            because=command.because or "",
        ),
    )
    return opinion_view(session, row)


def answer(
    session: Session, context: Context, project_id: UUID, department: Department, command: Answer
) -> OpinionView:
    """Answer a department; an observation of the audit bureau must be answered (Art 9).

    Another answer takes the place of the first for a reason only; the first is kept.

    Raises:
        NotFound: the department has not given an opinion.
        Conflict: the opinion is a plain pass.
        Invalid: it is answered, and no reason is given to answer again.
    """
    project = full_process(session, context, project_id)
    row = repository.opinion(session, project.id, department)
    if row is None:
        raise NotFound("no_opinion", f"{department.zh}尚未出具意见。")
    if row.verdict is Verdict.PASS:
        raise Conflict("nothing_to_answer", f"{department.zh}的意见为通过，不需要答复。")
    if row.answer is not None:
        _keep_as_it_stood(session, context, row, command.because, asked_again=False)
        row.revision += 1
    now = context.now()
    row.answer, row.answered_at = command.answer, now
    context.publish(
        session,
        events.DepartmentOpinionAnswered(
            project_id=project.id,
            department=department,
            answer=command.answer,
            answered_at=now,
            revision=row.revision,
            because=command.because or "",
        ),
    )
    return opinion_view(session, row)


def keep(session: Session, project: Project, before: PreReview, now: PreReview) -> None:
    """Leave standing what was said of materials that are the same in the round that passes now.

    A no is said again, or is no longer said. Whoever reviews what was declared in words, or a
    material of which several parts speak, reviews again (Art 9).
    """
    if (before.statements, before.materials) != (now.statements, now.materials):
        return
    changed = _contents(before) ^ _contents(now)
    touched = {kind for kind, _ in changed}
    for each in repository.opinions(session, project.id):
        stood = each.edition == before.edition and each.verdict is not Verdict.FAIL
        if stood and not touched & reviewed_by(each.department):
            each.edition = project.edition


def _keep_as_it_stood(
    session: Session,
    context: Context,
    row: DepartmentOpinion,
    because: str | None,
    *,
    asked_again: bool,
) -> None:
    kept_with = superseded(context, because, asked_again=asked_again)
    session.add(EarlierOpinion(**dict(row), **kept_with))


def _contents(row: PreReview) -> set[tuple[PreReviewMaterial, str]]:
    return {(file.kind, file.sha256) for file in row.files}


def unanswered(row: DepartmentOpinion | None) -> bool:
    """Whether an opinion holds something that the unit has not answered."""
    return row is not None and row.verdict is not Verdict.PASS and row.answer is None
