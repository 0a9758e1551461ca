"""The control of quality, as unit and supervisor exercise it (Art 16).

Whether it was enough is seen on the site. What can be told is whether each phase was controlled, by
whom, with which key points in view, and what the file says of it.
"""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.terms import QualityPhase
from govproject_intake import repository
from govproject_intake.handlers import papers
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.quality import (
    QualityControlsView,
    QualityControlView,
    RecordQualityControl,
)
from govproject_intake.tables import QualityControl


def record(
    session: Session, context: Context, project_id: UUID, command: RecordQualityControl
) -> QualityControlsView:
    """Put a control on record, with its file.

    Raises:
        Conflict: the project is stopped or accepted.
        Invalid: the day is yet to come, a supervisor is engaged and not named, or the file is
            unknown or something else already.
    """
    project = going_on(session, context, project_id)
    if project.accepted_on is not None:
        raise Conflict("already_accepted", "项目已通过终验，不再登记质量控制记录。")
    if command.controlled_on > context.today():
        raise Invalid("date_in_future", "质量控制日期不能晚于今天。")
    contracts = repository.contracts_in_force(session, project.id)
    supervisor = next((each.supervisor for each in contracts if each.supervisor), None)
    if supervisor is not None and command.supervised_by is None:
        raise Invalid(
            "supervisor_unnamed",
            f"合同约定由“{supervisor}”监理，质量由项目单位和监理单位共同控制（第16条），"
            "请填写监理单位实施质量控制的人员。",
            article="16",
        )
    papers.must_be_apart_from_all(
        session, context, project, command.file_id, f"{command.phase.zh}记录"
    )
    session.add(
        QualityControl(
            id=new_id(),
            project_id=project.id,
            recorded_by=context.caller.subject,
            recorded_at=context.now(),
            **dict(command),
        )
    )
    session.flush()
    return _view(session, project.id)


def show(session: Session, context: Context, project_id: UUID) -> QualityControlsView:
    """The project's controls; a unit sees its own."""
    return _view(session, visible(session, context, project_id).id)


def missing(session: Session, project_id: UUID) -> list[QualityPhase]:
    """The phases of which nothing is on record, in their order."""
    there = {control.phase for control in repository.quality_controls(session, project_id)}
    return [phase for phase in QualityPhase if phase not in there]


def _view(session: Session, project_id: UUID) -> QualityControlsView:
    return QualityControlsView(
        controls=[
            QualityControlView.model_validate(control, from_attributes=True)
            for control in repository.quality_controls(session, project_id)
        ],
        missing=missing(session, project_id),
    )
