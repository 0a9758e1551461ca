"""Projects on one system: named, proposed, confirmed; and what is known of them (Arts 25, 31)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, NotFound
from govproject.facts import RelatedProject, Result
from govproject.names import plain
from govproject.regulation.pack import pack
from govproject.regulation.periods import add_months
from govproject.steps import after
from govproject.terms import ContractSubject, EvaluationGrade, LinkState, ProjectKind
from govproject_intake import repository
from govproject_intake.lifecycle import LINK_STEPS
from govproject_intake.tables import Project, ProjectLink
from govproject_intake.views import LinksView, LinkView, ResultView

_PREFERRED = (ProjectKind.RENEWAL, ProjectKind.UPGRADE)


def named(session: Session, context: Context, project_ids: Sequence[UUID]) -> list[Project]:
    """The projects that a declaration names as related, each once.

    Raises:
        Invalid: there is no such project.
        Forbidden: it is another unit's.
    """
    return [_own(session, context, project_id) for project_id in dict.fromkeys(project_ids)]


def keep(session: Session, project: Project, related: Sequence[Project]) -> None:
    """Keep what a declaration named, and propose what has the same system's name (Art 25)."""
    for other in related:
        session.add(ProjectLink(project_id=project.id, related_id=other.id, state=LinkState.NAMED))
    if project.system_name is None:
        return
    known = {project.id, *(other.id for other in related)}
    for other in repository.projects_with_system(session, project.unit):
        if other.id not in known and plain(other.system_name or "") == plain(project.system_name):
            session.add(
                ProjectLink(project_id=project.id, related_id=other.id, state=LinkState.PROPOSED)
            )


def tell(session: Session, context: Context, project_id: UUID) -> None:
    """Publish the links of a project that was declared just now."""
    for each in repository.links(session, project_id):
        _tell(session, context, each)


def decide(
    session: Session, context: Context, project_id: UUID, related_id: UUID, step: str
) -> LinksView:
    """Confirm or dismiss a proposed link (Art 25).

    Raises:
        NotFound: nothing links the two.
        Conflict: the link is not open.
    """
    link = repository.link(session, project_id, related_id)
    link.state = after(LINK_STEPS, link.state, step)
    link.decided_by, link.decided_at = context.caller.subject, context.now()
    _tell(session, context, link)
    return links(session, context, project_id)


def links(session: Session, context: Context, project_id: UUID) -> LinksView:
    """What a project is linked with, proposals included; a unit sees its own."""
    context.caller.must_own(repository.project(session, project_id).unit)
    return LinksView(
        links=[
            LinkView(
                project_id=link.project_id,
                related_id=link.related_id,
                related_name=repository.project(session, link.related_id).project_name,
                state=link.state,
                decided_by=link.decided_by,
            )
            for link in repository.links(session, project_id)
        ]
    )


def link(session: Session, context: Context, project_id: UUID, related_id: UUID) -> LinksView:
    """Link two projects on one system, whatever the unit named or was proposed (Art 25).

    In whichever order they are named, the one declared later goes on with the system of the other:
    it is the one that a poor result bars, and whose links are answered.

    Raises:
        NotFound: there is no such project.
        Conflict: the link counts already.
        Invalid: it is the same project.
    """
    both = [repository.project(session, each) for each in (project_id, related_id)]
    if project_id == related_id:
        raise Invalid("related_to_itself", "项目不能与自身关联。")
    other, project = sorted(both, key=lambda each: (each.declared_at, each.id))
    found = session.get(ProjectLink, (project.id, other.id))
    if found is None:
        found = ProjectLink(project_id=project.id, related_id=other.id, state=LinkState.PROPOSED)
        session.add(found)
    elif found.state in (LinkState.NAMED, LinkState.CONFIRMED):
        raise Conflict("already_related", "两个项目已经关联。")
    found.state = LinkState.CONFIRMED
    found.decided_by, found.decided_at = context.caller.subject, context.now()
    session.flush()
    _tell(session, context, found)
    return links(session, context, project.id)


def known(session: Session, project: Project) -> tuple[RelatedProject, ...]:
    """What rules are told of a stored project's links, those still to be decided included."""
    proposed = repository.related(session, project.id, (LinkState.PROPOSED,))
    return facts(session, repository.related(session, project.id)) + tuple(
        each.model_copy(update={"confirmed": False}) for each in facts(session, proposed)
    )


def facts(session: Session, related: Sequence[Project]) -> tuple[RelatedProject, ...]:
    """What rules are told of related projects."""
    return tuple(
        RelatedProject(
            project_name=project.project_name,
            free_until=_free_until(session, project),
            results=tuple(
                Result(grade=found.grade, evaluated_on=found.evaluated_on)
                for found in repository.evaluations(session, project.id)
            ),
        )
        for project in related
    )


def results(session: Session, project: Project) -> list[ResultView]:
    """The latest result of the project and of each related one, for its budget (Art 25)."""
    shown = []
    for each in (project, *repository.related(session, project.id)):
        evaluations = repository.evaluations(session, each.id)
        if evaluations:
            shown.append(
                ResultView(
                    project_id=each.id,
                    project_name=each.project_name,
                    grade=evaluations[-1].grade,
                    evaluated_on=evaluations[-1].evaluated_on,
                )
            )
    return shown


def is_preferred(project: Project, shown: Sequence[ResultView]) -> bool:
    """Whether it goes on with a system whose last result is excellent (Art 25)."""
    return project.kind in _PREFERRED and any(
        result.grade is EvaluationGrade.EXCELLENT and result.project_id != project.id
        for result in shown
    )


def _tell(session: Session, context: Context, link: ProjectLink) -> None:
    other = repository.project(session, link.related_id)
    context.publish(
        session,
        events.ProjectLinked(
            project_id=link.project_id,
            related_id=other.id,
            related_name=other.project_name,
            state=link.state,
            results=tuple(
                events.EvaluationResult(grade=each.grade, evaluated_on=each.evaluated_on)
                for each in repository.evaluations(session, other.id)
            ),
            told_at=context.now(),
        ),
    )


def _own(session: Session, context: Context, project_id: UUID) -> Project:
    try:
        project = repository.project(session, project_id)
    except NotFound:
        raise Invalid(
            "related_unknown", "所填写的关联项目不存在，请核对。", id=str(project_id)
        ) from None
    context.caller.must_own(project.unit)
    return project


def _free_until(session: Session, project: Project) -> date | None:
    """The last day of free maintenance; None before final acceptance, or where none is owed."""
    if project.accepted_on is None:
        return None
    least = 0 if project.kind.serves else pack(project.rule_pack).free_ops_min_months
    agreed = [
        contract.free_ops_months
        for contract in repository.contracts_in_force(session, project.id)
        if contract.subject is ContractSubject.CONSTRUCTION
    ]
    months = max(least, *agreed, 0)
    return add_months(project.accepted_on, months) if months else None
