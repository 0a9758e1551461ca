"""Network-security hazards and incidents: reported, handled, shown to the cloud (Art 32)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.handlers import standings
from govproject_cloud_alloc.tables import Incident
from govproject_cloud_alloc.views import HandleIncident, IncidentView, ReportIncident


def report(
    session: Session, context: Context, project_id: UUID, command: ReportIncident
) -> IncidentView:
    """Record what a superior, the district or the unit itself found."""
    standings.visible(session, context, project_id)
    if command.found_on > context.today():
        raise Invalid("date_in_future", "发现日期不能晚于今天。")
    incident = Incident(
        id=new_id(),
        project_id=project_id,
        reported_by=context.caller.subject,
        reported_at=context.now(),
        **dict(command),
    )
    session.add(incident)
    return _view(incident)


def handle(
    session: Session, context: Context, incident_id: UUID, command: HandleIncident
) -> IncidentView:
    """Record that it was handled, and how.

    Raises:
        Conflict: it was handled already.
        Invalid: a day that cannot be.
    """
    incident = repository.incident(session, incident_id)
    standings.visible(session, context, incident.project_id)
    if incident.handled_on is not None:
        raise Conflict("already_handled", "该网络安全事件已处置。", id=str(incident_id))
    if not incident.found_on <= command.handled_on <= context.today():
        raise Invalid("handled_on_impossible", "处置日期不能早于发现日期，也不能晚于今天。")
    incident.handled_on, incident.measures = command.handled_on, command.measures
    incident.closed_by, incident.closed_at = context.caller.subject, context.now()
    return _view(incident)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[IncidentView]:
    """A project's incidents, handled or not."""
    standings.visible(session, context, project_id)
    return paginate(
        session, repository.incidents(project_id), key=col(Incident.id), paging=paging, view=_view
    )


def _view(incident: Incident) -> IncidentView:
    return IncidentView.model_validate(incident, from_attributes=True)
