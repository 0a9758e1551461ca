"""What the archive authority says of a project's archive, and the answer (Art 35)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.errors import Conflict
from govproject.ids import new_id
from govproject.web.paging import Page, Paging, paginate
from govproject_archive import repository
from govproject_archive.handlers.access import visible
from govproject_archive.organising import AnswerOpinion, GiveOpinion, SupervisionOpinionView
from govproject_archive.tables import SupervisionOpinion


def give(
    session: Session, context: Context, project_id: UUID, command: GiveOpinion
) -> SupervisionOpinionView:
    """Record an opinion; the unit sees it and answers."""
    project = visible(session, context, project_id)
    opinion = SupervisionOpinion(
        id=new_id(),
        project_id=project.id,
        opinion=command.opinion,
        given_by=context.caller.subject,
        given_at=context.now(),
    )
    session.add(opinion)
    return _view(opinion)


def answer(
    session: Session, context: Context, opinion_id: UUID, command: AnswerOpinion
) -> SupervisionOpinionView:
    """Record what the unit did about it. Raises Conflict when it has answered."""
    opinion = repository.supervision_opinion(session, opinion_id)
    visible(session, context, opinion.project_id)
    if opinion.answer is not None:
        raise Conflict("already_answered", "该监督指导意见已答复。")
    opinion.answer, opinion.answered_at = command.answer, context.now()
    return _view(opinion)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[SupervisionOpinionView]:
    """The opinions on a project's archive, oldest first; a unit sees its own project's."""
    visible(session, context, project_id)
    return paginate(
        session,
        repository.supervision_opinions(project_id),
        key=col(SupervisionOpinion.id),
        paging=paging,
        view=_view,
    )


def _view(opinion: SupervisionOpinion) -> SupervisionOpinionView:
    return SupervisionOpinionView.model_validate(opinion, from_attributes=True)
