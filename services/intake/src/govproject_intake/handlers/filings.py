"""Filing a project, finding it regular or irregular, correcting it (Arts 26, 27)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, NotFound, Refused
from govproject.facts import FilingFacts
from govproject.files import records
from govproject.gates import FILING
from govproject.ids import new_id
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.reliefs.conditions import standing_conditions
from govproject.steps import after
from govproject.terms import FilingCondition, FilingStatus, PreReviewMaterial, Stage, Track
from govproject.web.paging import Page, paginate
from govproject_intake import repository
from govproject_intake.handlers import related, siblings, stages
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.lifecycle import FILING_STEPS
from govproject_intake.rules.article_02_deployment import STANDALONE
from govproject_intake.tables import Filing, Project
from govproject_intake.views import (
    AcceptFiling,
    FilingContent,
    FilingQuery,
    FilingView,
    FindIrregular,
)


def submit(
    session: Session, context: Context, project_id: UUID, command: FilingContent
) -> FilingView:
    """File a filing-track project with its five declarations (Arts 26, 27).

    Raises:
        Conflict: the project is on the full-process track, filed already, or stopped.
        Invalid: the internal review is yet to come, or a file is unknown.
    """
    project = going_on(session, context, project_id)
    _must_be_filed(project)
    _must_be_reviewed(context, command)
    if repository.filing_of(session, project_id) is not None:
        raise Conflict("already_filed", "项目已提交报备，不能再次报备（第27条）。")
    _must_be_uploaded(session, context, command)
    _adopt_plan(project, command)
    filing = Filing(
        id=new_id(),
        project_id=project_id,
        status=after(FILING_STEPS, FilingStatus.NONE, "submit"),
        revision=1,
        internal_review_on=command.internal_review_on,
        first_internal_review_on=command.internal_review_on,
        internal_review_record_file_id=command.internal_review_record_file_id,
        conditions=_declared(command),
        irregular_reasons=[],
        cloud_plan=project.cloud_plan,
        mobile=command.mobile,
        standalone_basis_file_id=command.standalone_basis_file_id,
        data_sharing_plan_file_id=command.data_sharing_plan_file_id,
        submitted_at=context.now(),
    )
    session.add(filing)
    context.publish(
        session,
        events.FilingSubmitted(
            project_id=project_id,
            filing_id=filing.id,
            conditions=tuple(filing.conditions),
            cloud_plan=filing.cloud_plan,
            submitted_at=filing.submitted_at,
            internal_review_on=filing.internal_review_on,
            revision=filing.revision,
        ),
    )
    return FilingView.model_validate(filing, from_attributes=True)


def accept(
    session: Session, context: Context, filing_id: UUID, command: AcceptFiling
) -> FilingView:
    """Find the filing regular (Art 27).

    Raises:
        Conflict: a change moved the project to the full-process track, it is stopped, this is no
            longer open, or the filing is another than was looked at.
        Refused: a rule of the filing gate blocks.
    """
    filing = repository.filing(session, filing_id)
    project = going_on(session, context, filing.project_id)
    _must_be_filed(project)
    status = after(FILING_STEPS, filing.status, "accept")
    _must_be_as_seen(filing, command.revision)
    decision = context.decide(
        FILING, facts(session, context, project, filing), pack=pack(project.rule_pack)
    )
    if not decision.allowed:
        raise Refused(decision)
    filing.status, filing.decided_at = status, context.now()
    filing.decision, filing.decided_revision = decision, filing.revision
    stages.reach(session, project.id, Stage.FILED, context.today())
    context.publish(
        session,
        events.FilingAccepted(
            project_id=project.id,
            filing_id=filing.id,
            accepted_at=filing.decided_at,
            revision=filing.revision,
        ),
    )
    return FilingView.model_validate(filing, from_attributes=True)


def find_irregular(
    session: Session, context: Context, filing_id: UUID, command: FindIrregular
) -> FilingView:
    """Find the filing irregular; also possible after it was accepted (Art 27).

    Raises:
        Conflict: it is irregular already, the project is stopped, or the filing is another than
            was looked at.
    """
    filing = repository.filing(session, filing_id)
    going_on(session, context, filing.project_id)
    status = after(FILING_STEPS, filing.status, "find_irregular")
    _must_be_as_seen(filing, command.revision)
    filing.status, filing.irregular_reasons = status, command.reasons
    filing.decided_at, filing.decided_revision = context.now(), filing.revision
    context.publish(
        session,
        events.FilingFoundIrregular(
            project_id=filing.project_id,
            filing_id=filing.id,
            reasons=tuple(command.reasons),
            found_at=filing.decided_at,
            revision=filing.revision,
        ),
    )
    return FilingView.model_validate(filing, from_attributes=True)


def correct(
    session: Session, context: Context, filing_id: UUID, command: FilingContent
) -> FilingView:
    """Correct a filing that is irregular or waits for the bureau; then it waits (Art 27).

    Another day of internal review was wrong before, unless the unit reviewed once more.

    Raises:
        Conflict: it is regular, a change moved the project to the full-process track, the project
            is stopped, or the plan of what was found regular before would become another without
            a change.
        Invalid: the internal review is yet to come, or a file is unknown.
    """
    filing = repository.filing(session, filing_id)
    project = going_on(session, context, filing.project_id)
    _must_be_filed(project)
    _must_be_reviewed(context, command)
    _must_keep_its_plan(session, project, filing, command)
    filing.status = after(FILING_STEPS, filing.status, "correct")
    filing.revision += 1
    if command.internal_review_on != filing.internal_review_on and not command.reviewed_again:
        filing.first_internal_review_on = command.internal_review_on
    filing.internal_review_on = command.internal_review_on
    filing.internal_review_record_file_id = command.internal_review_record_file_id
    filing.review_record_excused = False
    filing.conditions = _declared(command)
    _must_be_uploaded(session, context, command)
    filing.mobile = command.mobile
    filing.standalone_basis_file_id = command.standalone_basis_file_id
    filing.data_sharing_plan_file_id = command.data_sharing_plan_file_id
    _adopt_plan(project, command)
    filing.cloud_plan = project.cloud_plan
    filing.irregular_reasons = []
    filing.submitted_at, filing.decided_at = context.now(), None
    context.publish(
        session,
        events.FilingCorrected(
            project_id=filing.project_id,
            filing_id=filing.id,
            conditions=tuple(filing.conditions),
            cloud_plan=filing.cloud_plan,
            corrected_at=filing.submitted_at,
            internal_review_on=reviewed_on(session, project),
            revision=filing.revision,
        ),
    )
    return FilingView.model_validate(filing, from_attributes=True)


def show(session: Session, context: Context, filing_id: UUID) -> FilingView:
    """One filing; a unit sees its own."""
    filing = repository.filing(session, filing_id)
    visible(session, context, filing.project_id)
    return FilingView.model_validate(filing, from_attributes=True)


def of_project(session: Session, context: Context, project_id: UUID) -> FilingView:
    """A project's filing; a unit sees its own.

    Raises:
        NotFound: it is not filed.
    """
    project = visible(session, context, project_id)
    filing = repository.filing_of(session, project_id)
    if filing is None:
        raise NotFound(
            "not_filed", f"项目“{project.project_name}”尚未提交报备。", id=str(project_id)
        )
    return FilingView.model_validate(filing, from_attributes=True)


def browse(session: Session, context: Context, query: FilingQuery) -> Page[FilingView]:
    """Filings in the order in which they were first handed in; a unit sees its own."""
    return paginate(
        session,
        repository.filings(context.caller.limited_to, query.status),
        key=col(Filing.id),
        paging=query,
        view=lambda filing: FilingView.model_validate(filing, from_attributes=True),
    )


def facts(
    session: Session, context: Context, project: Project, filing: Filing | None
) -> FilingFacts:
    """What the filing gate is asked about a stored project."""
    return FilingFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        track=project.track,
        amount_yuan=project.budget_yuan,
        city_system_ref=project.city_system_ref,
        internal_review_on=filing.internal_review_on if filing else None,
        internal_review_record=_record(filing) if filing else False,
        kind=project.kind,
        builds_system=project.builds_system,
        deployment_target=project.deployment_target,
        standalone_basis=project.standalone_basis,
        standalone_documents=_standalone(filing) if filing else (),
        mobile=filing.mobile if filing else None,
        project_name=project.project_name,
        plan_year=project.plan_year,
        related=related.known(session, project),
        accepted_before=accepted_before(session, project),
        **siblings.budgets(session, project.unit, project, project.id),
        conditions=tuple(filing.conditions) if filing else (),
        fiscal_evaluation_report=project.fiscal_report,
        evaluated_yuan=project.evaluated_yuan,
    )


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[FilingFacts, RulePack]:
    """The same for a stored project, for a question in advance."""
    project = visible(session, context, project_id)
    filing = repository.filing_of(session, project_id)
    return facts(session, context, project, filing), pack(project.rule_pack)


def reviewed_on(session: Session, project: Project) -> date | None:
    """The first day of internal review that a filing records; None without one that is in order.

    A further review, with which a filing was corrected, makes no award unlawful that came after the
    first; a first day that was wrong, and corrected, makes none lawful.
    """
    filing = repository.filing_of(session, project.id)
    if filing is None or filing.status is FilingStatus.IRREGULAR:
        return None
    return min(filing.internal_review_on, filing.first_internal_review_on or date.max)


def review_record(session: Session, project: Project) -> bool | None:
    """Whether the record of its internal review is filed; None where nobody asked for it."""
    filing = repository.filing_of(session, project.id)
    return _record(filing) if filing else False


def accepted_before(session: Session, project: Project) -> bool:
    """Whether its filing is found regular, or was once; stages were not kept from the beginning."""
    filing = repository.filing_of(session, project.id)
    is_accepted = filing is not None and filing.status is FilingStatus.ACCEPTED
    return is_accepted or stages.reached(session, project.id, Stage.FILED)


def excluded(session: Session, context: Context, project: Project) -> tuple[FilingCondition, ...]:
    """The conditions that the filing declares and nobody has decided on; a regular one has none."""
    filing = repository.filing_of(session, project.id)
    if filing is None or filing.status is FilingStatus.ACCEPTED:
        return ()
    return standing_conditions(filing.conditions, keeping.of(session, project.id), context.today())


def _must_be_filed(project: Project) -> None:
    if project.track is not Track.FILING:
        raise Conflict("not_on_filing_track", "项目实行全过程管理，不适用报备（第4条）。")


def _must_be_reviewed(context: Context, command: FilingContent) -> None:
    if command.internal_review_on > context.today():
        raise Invalid(
            "date_in_future",
            f"内部技术审查论证日期{command.internal_review_on}不能晚于今天，"
            "请在审查论证通过后报备（第26条）。",
        )


def _must_be_as_seen(filing: Filing, revision: int | None) -> None:
    if revision not in (None, filing.revision):
        raise Conflict(
            "filing_changed",
            f"查看的是报备第{revision}版，现为第{filing.revision}版：查看之后项目单位更正了报备，"
            "或者变更报备改变了金额、云资源计划（第26、27、28条）。",
            article="26",
            revision=filing.revision,
        )


def _must_keep_its_plan(
    session: Session, project: Project, filing: Filing, command: FilingContent
) -> None:
    """What was found regular waits for the bureau as a change left it, not as it likes (Art 28)."""
    if (
        filing.status is FilingStatus.SUBMITTED
        and command.cloud_plan not in (None, project.cloud_plan)
        and stages.reached(session, project.id, Stage.FILED)
    ):
        raise Conflict(
            "change_not_filed",
            "报备曾经认定规范，更正时不能改变云资源计划；请先确定变更事项并完成报备（第28条）。",
        )


def _adopt_plan(project: Project, command: FilingContent) -> None:
    """A filed plan is the project's from now on; a filing without one keeps the last."""
    if command.cloud_plan is not None:
        project.cloud_plan = command.cloud_plan


def _must_be_uploaded(session: Session, context: Context, command: FilingContent) -> None:
    for file_id in (
        command.internal_review_record_file_id,
        command.standalone_basis_file_id,
        command.data_sharing_plan_file_id,
    ):
        if file_id is not None:
            records.referred(session, context, file_id)


def _record(filing: Filing) -> bool | None:
    """Whether the record of the internal review is there; None where nobody asked for it."""
    if filing.internal_review_record_file_id is not None:
        return True
    return None if filing.review_record_excused else False


def _standalone(filing: Filing) -> tuple[PreReviewMaterial, ...]:
    files = (filing.standalone_basis_file_id, filing.data_sharing_plan_file_id)
    return tuple(kind for kind, file in zip(STANDALONE, files, strict=True) if file is not None)


def _declared(command: FilingContent) -> list[FilingCondition]:
    return [condition for condition in FilingCondition if command.conditions[condition]]
