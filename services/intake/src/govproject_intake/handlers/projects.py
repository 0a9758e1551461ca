"""Declaring a project, registering it, ending it."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.adapters import CityRegistration
from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import AnnualPlanFacts, DeclarationFacts
from govproject.gates import ANNUAL_PLAN, DECLARATION
from govproject.ids import new_id
from govproject.names import reference
from govproject.terms import FilingStatus, Stage
from govproject.web.paging import Page, Paging, paginate
from govproject_intake import repository
from govproject_intake.handlers import materials, related, siblings, stages
from govproject_intake.handlers.materials import SectionsSeen
from govproject_intake.tables import Project
from govproject_intake.views import (
    DeclareProject,
    ProjectView,
    Reason,
    RegisterProject,
)

_KEPT_APART = {"materials", "related_project_ids"}


def declare(
    session: Session, context: Context, command: DeclareProject, plan: SectionsSeen
) -> ProjectView:
    """Declare a project for the caller's unit (Art 5).

    Args:
        session: a write transaction.
        context: the request.
        command: what is declared.
        plan: what the implementation plan among the materials contains.

    Raises:
        Refused: a rule of the declaration gate or of the annual plan's blocks.
    """
    unit = context.caller.unit
    if unit is None:
        raise Invalid("no_unit", "当前账户未关联项目单位，不能申报项目。")
    handed_in = materials.handed_in(session, context, command.materials)
    relatives = related.named(session, context, command.related_project_ids)
    now = context.now()
    facts = DeclarationFacts(
        today=now.date(),
        scope=command.scope,
        kind=command.kind,
        budget_yuan=command.budget_yuan,
        plan_year=command.plan_year,
        policy_basis=tuple(command.policy_basis),
        materials=tuple(kind for kind, _ in handed_in),
        plan_sections={section: seen.verdict for section, seen in plan.items()},
        first_period_note=command.first_period_note,
        **siblings.budgets(session, unit, command),
        related=related.facts(session, relatives),
        optimisation_in_ops=command.optimisation_in_ops,
        builds_system=command.builds_system,
        deployment_target=command.deployment_target,
    )
    decision = context.decide(DECLARATION, facts)
    if not decision.allowed:
        raise Refused(decision)
    planned = context.decide(
        ANNUAL_PLAN,
        AnnualPlanFacts(
            today=now.date(),
            project_name=command.project_name,
            kind=command.kind,
            plan_year=command.plan_year,
            related=facts.related,
        ),
    )
    if not planned.allowed:
        raise Refused(planned)
    project = Project(
        id=new_id(),
        unit=unit,
        track=context.pack.track(command.budget_yuan),
        rule_pack=context.pack.version,
        declared_at=now,
        declared_by=context.caller.subject,
        plan_sections=plan,
        findings=[*decision.findings, *planned.findings],
        **{name: value for name, value in command if name not in _KEPT_APART},
    )
    session.add(project)
    session.flush()  # before the rows that refer to it
    materials.keep(session, project.id, handed_in)
    related.keep(session, project, relatives)
    stages.reach(session, project.id, Stage.DECLARED, now.date())
    context.publish(
        session,
        events.ProjectDeclared(
            project_id=project.id,
            project_name=project.project_name,
            unit=unit,
            kind=project.kind,
            budget_yuan=project.budget_yuan,
            track=project.track,
            plan_year=project.plan_year,
            builds_system=project.builds_system,
            deployment_target=project.deployment_target,
            standalone_basis=project.standalone_basis,
            cloud_plan=project.cloud_plan,
            rule_pack=project.rule_pack,
            declared_at=now,
        ),
    )
    related.tell(session, context, project.id)
    return view(session, project)


def ask_registry(
    session: Session, context: Context, project_id: UUID, command: RegisterProject
) -> str | None:
    """Have the project registered in the municipal system; what is registered is not asked for.

    Outside the transaction that keeps the reference: that one may run several times, or fail.
    """
    project = visible(session, context, project_id)
    if project.city_system_ref is not None or project.decommissioned_at is not None:
        return command.city_system_ref
    given: str | None = context.hooks.adapters.municipal_registry(
        registration=CityRegistration(
            project_id=project.id,
            project_name=project.project_name,
            unit=project.unit,
            typed_reference=command.city_system_ref,
        )
    )
    return given


def register(
    session: Session, context: Context, project_id: UUID, given: str | None
) -> ProjectView:
    """Keep the project's reference in the municipal system (Art 3).

    Raises:
        Conflict: the project or the reference is registered already, or the project is stopped.
        Invalid: neither the caller nor the municipal system gave a reference.
    """
    project = going_on(session, context, project_id)
    if project.city_system_ref is not None:
        raise Conflict(
            "already_registered",
            "项目已纳入市级系统，不能重复登记。",
            city_system_ref=project.city_system_ref,
        )
    if not given:
        raise Invalid("city_system_ref_missing", "请填写市级系统编号。")
    found = reference(given)
    if repository.by_city_system_ref(session, found) is not None:
        raise Conflict(
            "city_system_ref_taken",
            "该市级系统编号已登记在其他项目上，请核对。",
            city_system_ref=found,
        )
    project.city_system_ref = found
    project.registered_at = context.now()
    stages.reach(session, project.id, Stage.REGISTERED, context.today())
    context.publish(
        session,
        events.ProjectRegistered(
            project_id=project.id, city_system_ref=found, registered_at=project.registered_at
        ),
    )
    return view(session, project)


def decommission(
    session: Session, context: Context, project_id: UUID, command: Reason
) -> ProjectView:
    """Report that the project's system is stopped or migrated (Art 34)."""
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict("already_decommissioned", "项目已报停用。")
    project.decommissioned_at = context.now()
    stages.reach(session, project.id, Stage.DECOMMISSIONED, context.today())
    context.publish(
        session,
        events.ProjectDecommissioned(
            project_id=project.id, reason=command.reason, reported_at=project.decommissioned_at
        ),
    )
    return view(session, project)


def show(session: Session, context: Context, project_id: UUID) -> ProjectView:
    """One project; a unit sees its own."""
    return view(session, visible(session, context, project_id))


def browse(session: Session, context: Context, paging: Paging) -> Page[ProjectView]:
    """Projects in order of declaration; a unit sees its own."""
    return paginate(
        session,
        repository.projects(context.caller.limited_to),
        key=col(Project.id),
        paging=paging,
        view=lambda project: view(session, project),
    )


def visible(session: Session, context: Context, project_id: UUID) -> Project:
    """A project the caller may see: a unit sees its own. Raises NotFound, Forbidden."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    return project


def going_on(session: Session, context: Context, project_id: UUID) -> Project:
    """The same of one that is carried on: what was reported as stopped is not (Art 34).

    Raises:
        NotFound: there is none.
        Forbidden: it is another unit's.
        Conflict: it is reported as stopped.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict(
            "decommissioned",
            f"项目“{project.project_name}”已于{project.decommissioned_at.date()}报停用或迁移"
            "（第34条），不再办理推进项目的事项。已签订的合同可以登记解除，未报备的变更可以撤回；"
            "在年度计划草案中的，可以移出。",
            article="34",
        )
    return project


def view(session: Session, project: Project) -> ProjectView:
    """The project with its filing's state, the latest results and open orders (Arts 25, 29)."""
    filing = repository.filing_of(session, project.id)
    return ProjectView.model_validate(
        {
            **project.model_dump(),
            "filing_status": filing.status if filing else FilingStatus.NONE,
            "filing_id": filing.id if filing else None,
            "results": related.results(session, project),
            "open_orders": [
                order.model_dump() for order in repository.open_orders(session, project.id)
            ],
            "warnings": project.findings,
        }
    )
