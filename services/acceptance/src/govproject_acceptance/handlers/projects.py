"""What is known of a project's acceptance, and what comes next."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.obligations import keeping
from govproject.obligations import repository as obligations
from govproject.regulation.pack import pack
from govproject.terms import AcceptanceStage
from govproject.web.paging import Page, Paging, paginate
from govproject_acceptance import repository
from govproject_acceptance.finals import (
    FinalRoundView,
    GuidanceView,
    MaterialView,
)
from govproject_acceptance.handlers import (
    completion,
    evaluations,
    implementation,
    indicators,
    issues,
    lots,
    preliminary,
    rectifications,
    self_evaluations,
    trial_problems,
    uncontracted_payments,
)
from govproject_acceptance.handlers import operation as operations
from govproject_acceptance.handlers.access import visible
from govproject_acceptance.handlers.facts import gather, upcoming
from govproject_acceptance.projection import Project
from govproject_acceptance.reporting import ReportView
from govproject_acceptance.rules.article_19_need import two_acceptance_stages
from govproject_acceptance.views import (
    AcceptanceView,
    LotRoundView,
    ProjectSummary,
    StageView,
    TrialView,
    WaiverView,
)


def browse(session: Session, context: Context, paging: Paging) -> Page[ProjectSummary]:
    """Projects in order of declaration; a unit sees its own."""
    return paginate(
        session,
        repository.projects(context.caller.limited_to),
        key=col(Project.id),
        paging=paging,
        view=lambda project: ProjectSummary.model_validate(project, from_attributes=True),
    )


def show(session: Session, context: Context, project_id: UUID) -> AcceptanceView:
    """One project with every record of its acceptance; a unit sees its own."""
    project = visible(session, context, project_id)
    approval = repository.approval(session, project_id)
    operation = repository.operation(session, project_id)
    facts = gather(session, context, project, AcceptanceStage.FINAL)
    checks = repository.archive_checks(session, project_id)
    items = repository.must_fix_items(session, project_id)
    return AcceptanceView(
        **ProjectSummary.model_validate(project, from_attributes=True).model_dump(),
        rule_pack=project.rule_pack,
        filing_status=project.filing_status,
        approval_number=approval.approval_number if approval else None,
        no_contract_reason=facts.no_contract_reason,
        uncontracted_payments=[
            uncontracted_payments.view(payment)
            for payment in repository.uncontracted_payments(session, project_id)
        ],
        unfiled_changes=facts.unfiled_changes,
        archive_check_passed=checks[-1].passed if checks else None,
        stages=[
            StageView(**route._asdict())
            for route in two_acceptance_stages(facts, pack(project.rule_pack))
        ],
        completion_corrections=completion.corrections(session, project_id),
        plans=[
            implementation.view(plan)
            for plan in implementation.current(repository.plans(session, project_id))
        ],
        plans_missing=implementation.missing(facts.plans, facts.plans_not_applicable),
        indicators=[*map(indicators.view, repository.indicators(session, project_id))],
        preliminary_rounds=[
            preliminary.view(meeting, items)
            for meeting in repository.preliminary_rounds(session, project_id)
        ],
        waivers=[
            WaiverView.model_validate(waiver, from_attributes=True)
            for waiver in repository.waivers(session, project_id)
        ],
        trials=[
            TrialView.model_validate(trial, from_attributes=True)
            for trial in repository.trials(session, project_id)
        ],
        trial_problems=[
            trial_problems.view(problem)
            for problem in repository.trial_problems(session, project_id)
        ],
        issues=[issues.view(session, each) for each in repository.issues(session, project_id)],
        test_reports=[
            ReportView.model_validate(report, from_attributes=True)
            for report in repository.reports(session, project_id)
        ],
        guidance=[
            GuidanceView.model_validate(record, from_attributes=True)
            for record in repository.guidance(session, project_id)
        ],
        lots=lots.of(session, project, context.today()),
        lot_rounds=[
            LotRoundView.model_validate(held, from_attributes=True)
            for held in repository.lot_rounds(session, project_id)
        ],
        final_materials=[
            MaterialView.model_validate(material, from_attributes=True)
            for material in repository.final_materials(session, project_id)
        ],
        final_rounds=[
            FinalRoundView.model_validate(final, from_attributes=True)
            for final in repository.final_rounds(session, project_id)
        ],
        rectifications=[
            rectifications.view(each) for each in repository.rectifications(session, project_id)
        ],
        obligations=[
            keeping.view(context, obligation)
            for obligation in obligations.of_project(session, project_id)
        ],
        operation=None
        if operation is None
        else operations.view(session, context, project, operation),
        self_evaluations=[
            self_evaluations.view(evaluation)
            for evaluation in repository.self_evaluations(session, project_id)
        ],
        evaluations=[
            evaluations.view(evaluation)
            for evaluation in repository.evaluations(session, project_id)
        ],
        next_step=upcoming(session, context, project),
    )
