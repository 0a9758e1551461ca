"""What the gate knows: a project's standing, the age of that knowledge, the facts made of both."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.errors import NotFound
from govproject.facts import AllocationFacts, RelatedProject, Result
from govproject.messaging import knowing
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.resources import Resources
from govproject.terms import LinkState, Track
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.tables import ProjectLink, Standing
from govproject_cloud_alloc.views import IncidentView, KnowledgeView, KnownProject, StandingView


def facts(
    session: Session,
    context: Context,
    project_id: UUID,
    known: Standing | None,
    requested: Resources,
) -> AllocationFacts:
    """What the allocation gate is asked, for any project, known or not."""
    if known is None:
        return AllocationFacts(
            today=context.today(),
            declared=False,
            requested=requested,
            **knowing.about(session, context, project_id),
        )
    in_force = repository.suspension_in_force(session, project_id)
    links = repository.links(session, project_id)
    return AllocationFacts(
        today=context.today(),
        reliefs=keeping.of(session, project_id),
        declared=known.project_name is not None,
        city_system_ref=known.city_system_ref,
        track=known.track,
        filing_status=known.filing_status,
        filing_problems=tuple(known.filing_problems),
        filing_conditions=tuple(known.filing_conditions),
        approval_number=known.approval_number,
        plan_year=known.plan_year,
        related=tuple(_related(session, link) for link in links),
        related_backlog=knowing.waiting(session, context, *(link.related_id for link in links)),
        accepted_before=known.accepted_before,
        builds_system=known.builds_system,
        deployment_target=known.deployment_target,
        standalone_basis=known.standalone_basis,
        planned=planned(known),
        in_use=repository.in_use(session, project_id),
        requested=requested,
        rectification_failed=repository.suspension_proposed(session, project_id),
        suspended_by=str(in_force.order_id) if in_force else None,
        decommissioned=known.decommissioned_at is not None,
        open_incidents=tuple(
            incident.description for incident in repository.open_incidents(session, project_id)
        ),
        **knowing.about(session, context, project_id),
    )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[AllocationFacts, RulePack]:
    """The same with nothing requested: may the project keep what it has?"""
    known = visible(session, context, project_id)
    return facts(session, context, project_id, known, Resources()), pack_of(known, context)


def pack_of(known: Standing | None, context: Context) -> RulePack:
    """The pack under which the project started; today's for an unknown project."""
    return pack(known.rule_pack) if known and known.rule_pack else context.pack


def planned(known: Standing) -> Resources | None:
    """The plan a request is held against: approved on the full track, filed on the other."""
    if known.track is Track.FULL_PROCESS:
        return known.changed_plan or known.approved_plan
    return known.filed_plan or known.declared_plan


def knowledge(session: Session, context: Context) -> KnowledgeView:
    """How old the gate's knowledge of each source is, and the age that counts."""
    sources = knowing.of(session, context)
    return KnowledgeView(
        sources=sources,
        age_minutes=knowing.oldest(sources),
        max_age_minutes=context.settings.knowledge_max_age_hours * 60,
    )


def browse(session: Session, context: Context, paging: Paging) -> Page[KnownProject]:
    """Projects that the gate has heard of, in order of declaration; a unit sees its own."""
    return paginate(
        session,
        repository.standings(context.caller.limited_to),
        key=col(Standing.project_id),
        paging=paging,
        view=lambda known: KnownProject(
            id=known.project_id, project_name=known.project_name, unit=known.unit
        ),
    )


def show(session: Session, context: Context, project_id: UUID) -> StandingView:
    """What the gate knows of a project; a unit sees its own."""
    known = visible(session, context, project_id)
    in_force = repository.suspension_in_force(session, project_id)
    return StandingView(
        project_id=project_id,
        project_name=known.project_name,
        unit=known.unit,
        track=known.track,
        city_system_ref=known.city_system_ref,
        filing_status=known.filing_status,
        approval_number=known.approval_number,
        planned=planned(known),
        in_use=repository.in_use(session, project_id),
        suspended_by=in_force.order_id if in_force else None,
        open_incidents=[
            IncidentView.model_validate(incident, from_attributes=True)
            for incident in repository.open_incidents(session, project_id)
        ],
        decommissioned_at=known.decommissioned_at,
        positions=repository.positions(session, project_id),
        backlog=knowing.waiting(session, context, project_id),
        knowledge=knowledge(session, context),
    )


def _related(session: Session, link: ProjectLink) -> RelatedProject:
    later = (
        Result(grade=each.grade, evaluated_on=each.evaluated_on)
        for each in repository.evaluations(session, link.related_id)
    )
    return RelatedProject(
        project_name=link.related_name,
        results=(*link.results, *later),
        confirmed=link.state is not LinkState.PROPOSED,
    )


def visible(session: Session, context: Context, project_id: UUID) -> Standing:
    """A standing the caller may see: a unit sees its own. Raises NotFound, Forbidden."""
    known = repository.standing(session, project_id)
    if known is None:
        raise NotFound("not_found", "资源分配服务尚未收到该项目的信息。", id=str(project_id))
    context.caller.must_own(known.unit)
    return known
