"""The annual plan: drafted, consolidated, published; additions are new versions (Arts 5, 6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import AnnualPlanFacts
from govproject.gates import ANNUAL_PLAN
from govproject.identity import Role
from govproject.regulation.findings import Finding
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.steps import after
from govproject.terms import Stage
from govproject_intake import repository
from govproject_intake.handlers import related, stages
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.lifecycle import PLAN_STEPS, PlanState
from govproject_intake.plans import (
    AdoptPlan,
    AnnualPlanView,
    DraftPlan,
    EntryView,
    PlanView,
    PublishPlan,
    VersionView,
)
from govproject_intake.rules.article_05_declaration import is_late
from govproject_intake.tables import AnnualPlan, PlanEntry, Project


def adopt(session: Session, context: Context, plan_year: int, command: AdoptPlan) -> PlanView:
    """Draft, consolidate and publish a version of the plan at once, all or none (Arts 5, 6).

    Raises:
        Conflict: a project cannot be in it, a draft is open, or an addition has no reason.
        Refused: a rule of the annual plan's gate blocks a project.
    """
    plan = repository.latest_plan(session, plan_year)
    if plan is not None and plan.state is not PlanState.PUBLISHED:
        raise Conflict("plan_open", f"{plan_year}年度计划有尚未公布的版本，请先公布该版本。")
    plan = _opened(session, context, plan_year, plan, command.reason)
    projects = [repository.project(session, each) for each in dict.fromkeys(command.project_ids)]
    _include(session, context, plan, projects, {})
    _consolidate(context, plan)
    return _publish(session, context, plan, context.today())


def draft(session: Session, context: Context, plan_year: int, command: DraftPlan) -> AnnualPlanView:
    """Put projects into the draft of the next version, or take them out again (Art 5).

    Raises:
        Conflict: the version is consolidated, a project cannot be in it or is not, or an addition
            to a published plan has no reason.
        Refused: a rule of the annual plan's gate blocks a project.
    """
    add = [repository.project(session, each) for each in dict.fromkeys(command.add)]
    remove = list(dict.fromkeys(command.remove))
    redraft(session, context, plan_year, add, remove, command.reason, {})
    return _view(session, context, plan_year)


def redraft(
    session: Session,
    context: Context,
    plan_year: int,
    add: Sequence[Project],
    remove: Sequence[UUID],
    reason: str | None,
    reasons: Mapping[UUID, str],
) -> None:
    """The same for projects that are at hand, each once; raises as `draft`.

    Args:
        session: a write transaction.
        context: the request.
        plan_year: whose plan it is.
        add: what comes into the draft.
        remove: what is taken out of it.
        reason: for the version, and for what is late and has no reason of its own.
        reasons: of single projects that come in, or are in the draft and get another one.
    """
    plan = repository.latest_plan(session, plan_year)
    if plan is None or plan.state is PlanState.PUBLISHED:
        plan = _opened(session, context, plan_year, plan, reason)
    else:
        plan.state = after(PLAN_STEPS, plan.state, "draft")
        plan.reason = reason or plan.reason
    for project_id in remove:
        entry = repository.plan_entry(session, project_id)
        if entry is None or (entry.plan_year, entry.version) != (plan_year, plan.version):
            raise Conflict("not_in_draft", "项目不在本版草案中，不能移出。", id=str(project_id))
        session.delete(entry)
    session.flush()
    for entry in repository.plan_entries(session, plan_year, plan.version):
        entry.reason = reasons.get(entry.project_id, entry.reason)
    _include(session, context, plan, add, reasons)


def says_otherwise(session: Session, plan_year: int, reason: str | None) -> bool:
    """Whether a reason is another than that of the version which is not published yet."""
    plan = repository.latest_plan(session, plan_year)
    return plan is not None and not _is_out(plan) and reason not in (None, plan.reason)


def consolidate(session: Session, context: Context, plan_year: int) -> AnnualPlanView:
    """Close the draft: what is declared and left out is seen before it is published (Art 5).

    Raises:
        Conflict: there is no draft, or it is empty.
    """
    _consolidate(context, plan := _latest(session, plan_year))
    if not repository.plan_entries(session, plan_year, plan.version):
        raise Conflict("plan_empty", f"{plan_year}年度计划本版草案中没有项目。")
    return _view(session, context, plan_year)


def publish(session: Session, context: Context, plan_year: int, command: PublishPlan) -> PlanView:
    """Publish a consolidated version: its projects are adopted (Arts 5, 6).

    Raises:
        Conflict: no consolidated version waits.
        Invalid: the day is yet to come.
        Refused: a rule of the annual plan's gate now blocks a project.
    """
    published_on = command.published_on or context.today()
    if published_on > context.today():
        raise Invalid("date_in_future", "公布日期不能晚于今天。")
    return _publish(session, context, _latest(session, plan_year), published_on)


def show(session: Session, context: Context, plan_year: int) -> AnnualPlanView:
    """An annual plan; a unit sees its own projects, and others than the bureau no drafts."""
    return _view(session, context, plan_year)


def _opened(
    session: Session,
    context: Context,
    plan_year: int,
    last: AnnualPlan | None,
    reason: str | None,
) -> AnnualPlan:
    if last is not None and reason is None:
        raise Conflict(
            "reason_missing",
            f"{plan_year}年度计划第{last.version}版已公布，追加项目须填写新版本的理由（reason），"
            "各项目的受理理由不能代替。",
            version=last.version,
        )
    plan = AnnualPlan(
        plan_year=plan_year,
        version=last.version + 1 if last else 1,
        state=PlanState.DRAFT,
        reason=reason,
        opened_at=context.now(),
    )
    session.add(plan)
    return plan


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[AnnualPlanFacts, RulePack]:
    """What the annual plan's gate is asked about a stored project."""
    project = visible(session, context, project_id)
    facts = AnnualPlanFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        project_name=project.project_name,
        kind=project.kind,
        plan_year=project.plan_year,
        declared_on=project.declared_at.date(),
        reason=_known_reason(session, project),
        related=related.known(session, project),
    )
    return facts, pack(project.rule_pack)


def _known_reason(session: Session, project: Project) -> str | None:
    """Why it is in the plan, or else why projects come into what is not published yet."""
    entry = repository.plan_entry(session, project.id)
    if entry is not None and entry.reason is not None:
        return entry.reason
    plan = repository.latest_plan(session, project.plan_year)
    return None if plan is None or _is_out(plan) else plan.reason


def late(project: Project) -> bool:
    """Whether it was declared at another time than the window of its plan year (Art 5)."""
    return is_late(project.declared_at.date(), project.plan_year)


def reason_for(session: Session, project: Project, entry: PlanEntry) -> str | None:
    """Why the project of an entry was taken in; of one that was in time, what was said of it."""
    shared = repository.plan_version(session, entry).reason if late(project) else None
    return entry.reason or shared


def reason_needed(session: Session, project: Project) -> str | None:
    """For what the bureau has to give a reason before the project can come in, in Chinese."""
    if _known_reason(session, project) is not None:
        return None
    plan = repository.latest_plan(session, project.plan_year)
    needed = [
        *([f"不在{project.plan_year - 1}年第三季度申报"] if late(project) else ()),
        *([f"{project.plan_year}年度计划已公布"] if plan is not None and _is_out(plan) else ()),
    ]
    return f"{'，'.join(needed)}，列入须填写理由" if needed else None


def _is_out(plan: AnnualPlan) -> bool:
    return plan.state is PlanState.PUBLISHED


def must_be_adoptable(
    session: Session, context: Context, plan_year: int, project: Project, reason: str | None
) -> list[Finding]:
    """Whether a project can come into a year's plan for a reason, and what the gate says of it.

    Raises:
        Conflict: it is declared for another year, in a plan already, or stopped.
        Refused: a rule of the annual plan's gate blocks.
    """
    entry = repository.plan_entry(session, project.id)
    if project.plan_year != plan_year or entry is not None:
        raise Conflict(
            "not_adoptable",
            f"项目“{project.project_name}”不属于{plan_year}年度或已列入年度计划。",
            id=str(project.id),
        )
    return _must_be_allowed(session, context, project, reason)


def _include(
    session: Session,
    context: Context,
    plan: AnnualPlan,
    projects: Sequence[Project],
    reasons: Mapping[UUID, str],
) -> None:
    for project in projects:
        own = reasons.get(project.id)
        said = own or plan.reason
        session.add(
            PlanEntry(
                project_id=project.id,
                plan_year=plan.plan_year,
                version=plan.version,
                # The version's may become another one with what comes in next.
                reason=said if late(project) else own,
                findings=must_be_adoptable(session, context, plan.plan_year, project, said),
            )
        )


def _must_be_allowed(
    session: Session, context: Context, project: Project, reason: str | None
) -> list[Finding]:
    going_on(session, context, project.id)
    facts, rules = stored_facts(session, context, project.id)
    supposed = facts.supposing({"reason": reason or facts.reason})
    decision = context.decide(ANNUAL_PLAN, supposed, pack=rules)
    if not decision.allowed:
        raise Refused(decision)
    return list(decision.findings)


def _consolidate(context: Context, plan: AnnualPlan) -> None:
    plan.state = after(PLAN_STEPS, plan.state, "consolidate")
    plan.consolidated_at = context.now()


def _publish(session: Session, context: Context, plan: AnnualPlan, published_on: date) -> PlanView:
    plan.state = after(PLAN_STEPS, plan.state, "publish")
    plan.published_on = published_on
    session.flush()
    entries = repository.plan_entries(session, plan.plan_year, plan.version)
    for entry in entries:
        project = repository.project(session, entry.project_id)
        # A result may have come since the draft.
        entry.findings = _must_be_allowed(session, context, project, entry.reason or plan.reason)
        project.plan_adopted_year = plan.plan_year
        stages.reach(session, project.id, Stage.PLANNED, published_on)
        context.publish(
            session,
            events.ProjectPlanAdopted(
                project_id=entry.project_id, plan_year=plan.plan_year, adopted_at=context.now()
            ),
        )
    return PlanView(
        plan_year=plan.plan_year,
        version=plan.version,
        adopted=[entry.project_id for entry in entries],
    )


def _latest(session: Session, plan_year: int) -> AnnualPlan:
    plan = repository.latest_plan(session, plan_year)
    if plan is None:
        raise Conflict("no_plan", f"{plan_year}年度计划尚未起草。")
    return plan


def _view(session: Session, context: Context, plan_year: int) -> AnnualPlanView:
    sees_drafts = context.caller.role is Role.BUREAU
    versions = [
        plan
        for plan in repository.plan_versions(session, plan_year)
        if sees_drafts or plan.state is PlanState.PUBLISHED
    ]
    entries = [
        _entry(session, repository.project(session, entry.project_id), entry)
        for plan in versions
        for entry in repository.plan_entries(session, plan_year, plan.version)
    ]
    left_out = repository.left_out(session, plan_year) if sees_drafts else []
    unit = context.caller.limited_to
    return AnnualPlanView(
        plan_year=plan_year,
        versions=[VersionView.model_validate(plan, from_attributes=True) for plan in versions],
        projects=_preferred_first(entry for entry in entries if unit in (None, entry.unit)),
        left_out=_preferred_first(_entry(session, project, None) for project in left_out),
    )


def _entry(session: Session, project: Project, entry: PlanEntry | None) -> EntryView:
    results = related.results(session, project)
    return EntryView.model_validate(
        {
            **project.model_dump(),
            "project_id": project.id,
            "version": entry and entry.version,
            "warnings": project.findings,
            "findings": entry.findings if entry else [],
            "reason": reason_for(session, project, entry) if entry else None,
            "late": late(project),
            "preferred": related.is_preferred(project, results),
            "results": results,
        }
    )


def _preferred_first(entries: Iterable[EntryView]) -> list[EntryView]:
    """Preference orders the list and relaxes no rule (Art 25)."""
    return sorted(entries, key=lambda entry: not entry.preferred)
