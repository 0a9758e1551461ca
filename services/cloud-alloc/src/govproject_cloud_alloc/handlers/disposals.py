"""What becomes of the data and the state assets of a stopped system (Art 34)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import cloud_alloc as events
from govproject.errors import Conflict
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import standings
from govproject_cloud_alloc.tables import Disposal, Standing
from govproject_cloud_alloc.views import DisposalView, RecordDisposal


def record(
    session: Session, context: Context, project_id: UUID, command: RecordDisposal
) -> DisposalView:
    """Put the proof of every item on record, once all resources are given back.

    Raises:
        Conflict: the project is not stopped, still holds resources, or its disposal is on record.
    """
    known = _stopped(session, context, project_id)
    held = repository.allocations_of(session, project_id)
    if held:
        raise Conflict(
            "resources_held",
            f"项目尚有{len(held)}项政务云资源未释放（第34条），请先逐项办理释放。",
            article="34",
            held=[str(allocation.id) for allocation in held],
        )
    if repository.disposal(session, project_id) is not None:
        raise Conflict("already_disposed", "该项目的资产处置已办结。")
    session.add(
        Disposal(
            project_id=project_id,
            proofs=command.proofs,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    session.flush()
    context.publish(
        session,
        events.DisposalCompleted(project_id=project_id, completed_at=context.now()),
    )
    return _view(session, known)


def show(session: Session, context: Context, project_id: UUID) -> DisposalView:
    """What is still to be done, or the proof that all was done.

    Raises:
        Conflict: the project is not stopped.
    """
    return _view(session, _stopped(session, context, project_id))


def browse(session: Session, context: Context, paging: Paging) -> Page[DisposalView]:
    """Stopped projects and what is still to be done; a unit sees its own."""
    return paginate(
        session,
        repository.decommissioned(context.caller.limited_to),
        key=col(Standing.project_id),
        paging=paging,
        view=lambda known: _view(session, known),
    )


def _stopped(session: Session, context: Context, project_id: UUID) -> Standing:
    known = standings.visible(session, context, project_id)
    if known.decommissioned_at is None:
        raise Conflict("not_decommissioned", "项目未报停用或迁移（第34条），没有待处置的资产。")
    return known


def _view(session: Session, known: Standing) -> DisposalView:
    done = repository.disposal(session, known.project_id)
    return DisposalView.model_validate(
        {
            "project_id": known.project_id,
            "decommissioned_at": known.decommissioned_at,
            "held": [each.id for each in repository.allocations_of(session, known.project_id)],
            "proofs": done.proofs if done else {},
            "recorded_at": done.recorded_at if done else None,
            "complete": done is not None,
        }
    )
