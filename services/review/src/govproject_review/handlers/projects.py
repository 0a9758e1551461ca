"""Looking at a project's review, and what every step of it asks first."""

from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col

from govproject.context import Context
from govproject.errors import Conflict
from govproject.fields import View
from govproject.obligations.repository import of_rule
from govproject.regulation.pack import pack
from govproject.terms import Department, PreReviewMaterial, Track, Verdict
from govproject.web.paging import Page, Paging, paginate
from govproject_review import repository
from govproject_review.expertise import PanelSummary
from govproject_review.lifecycle import ApplicationState, PanelState, PreReviewState, Stage
from govproject_review.rules.article_09_joint_review import REVIEWING
from govproject_review.rules.article_10_panel import suits
from govproject_review.rules.article_11_approval import filing_form_10_workdays
from govproject_review.tables import (
    Application,
    DepartmentOpinion,
    FiscalEvaluation,
    Panel,
    PreReview,
    Project,
    Tender,
)
from govproject_review.views import (
    ApplicationView,
    FiscalEvaluationView,
    OpinionView,
    PreReviewView,
    ProcessView,
    ProjectView,
    TenderView,
)

V = TypeVar("V", bound=View)


def visible(session: Session, context: Context, project_id: UUID) -> Project:
    """A project the caller may see: a unit sees its own. Raises NotFound, Forbidden."""
    project = repository.project(session, project_id)
    context.caller.must_own(project.unit)
    return project


def not_stopped(session: Session, context: Context, project_id: UUID) -> Project:
    """A project that goes on, approved or not; a unit reaches its own only.

    Raises:
        NotFound, Forbidden: as for `visible`.
        Conflict: the project is stopped.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict("decommissioned", "项目已报停用，评审终止。")
    return project


def under_review(session: Session, context: Context, project_id: UUID) -> Project:
    """A project whose review goes on; a unit reaches its own only.

    Raises:
        NotFound, Forbidden: as for `visible`.
        Conflict: the project is approved or stopped.
    """
    project = not_stopped(session, context, project_id)
    application = repository.application(session, project_id)
    if application is not None and application.state is ApplicationState.APPROVED:
        raise Conflict(
            "already_approved",
            "项目已经立项，评审结论不再变更。",
            approval_number=application.approval_number,
        )
    return project


def full_process(session: Session, context: Context, project_id: UUID) -> Project:
    """The same for the steps that only the full-process track has.

    Raises:
        Conflict: also for a project on the filing track.
    """
    project = under_review(session, context, project_id)
    if project.track is not Track.FULL_PROCESS:
        raise Conflict(
            "not_on_full_track",
            "项目实行报备制管理，由项目单位组织内部技术审查后报备，不办理评审立项（第4条）。",
        )
    return project


def is_approved(session: Session, project_id: UUID) -> bool:
    """Whether the bureau has approved the project (Art 11)."""
    application = repository.application(session, project_id)
    return application is not None and application.state is ApplicationState.APPROVED


def pre_review_passed(session: Session, project_id: UUID) -> bool:
    """Whether the last round of pre-review passed (Art 7)."""
    last = repository.latest(session, PreReview, project_id)
    return last is not None and last.state is PreReviewState.PASSED


def pre_review_stands(session: Session, project: Project) -> bool:
    """Whether it passed on the project as it is now, not before a filed change (Arts 7, 28)."""
    last = repository.latest(session, PreReview, project.id)
    return (
        last is not None and last.state is PreReviewState.PASSED and last.edition == project.edition
    )


def must_be_pre_reviewed(session: Session, project: Project, *, before: str) -> None:
    """Refuse what only a project that has passed its pre-review may do.

    Raises:
        Conflict: it has not passed, or was changed since.
    """
    if not pre_review_passed(session, project.id):
        raise Conflict("pre_review_not_passed", f"项目尚未通过预审，不能{before}。")
    if not pre_review_stands(session, project):
        raise Conflict(
            "pre_review_outdated",
            f"项目在预审通过后报备了变更（第28条），不能{before}。",
        )


def has_preliminary_design(session: Session, project_id: UUID) -> bool:
    """Whether the last round of pre-review had a preliminary design (Art 8)."""
    last = repository.latest(session, PreReview, project_id)
    return last is not None and any(
        file.kind is PreReviewMaterial.PRELIMINARY_DESIGN for file in last.files
    )


def pre_review_suits(session: Session, project: Project) -> bool:
    """Whether the pre-review stands, with what the present amount asks for (Art 8)."""
    needs_design = pack(project.rule_pack).needs_preliminary_design(project.budget_yuan)
    return pre_review_stands(session, project) and (
        not needs_design or has_preliminary_design(session, project.id)
    )


def sent_back(session: Session, project: Project) -> bool:
    """Whether a department or the experts said no to the materials that passed last (Arts 9, 10).

    Then the unit may hand in others without a change to file.
    """
    refused = any(
        each.verdict is Verdict.FAIL and each.edition == project.edition
        for each in repository.opinions(session, project.id)
    )
    return refused or panel_failed(session, project)


def panel_failed(session: Session, project: Project) -> bool:
    """Whether the last experts said no to the project as it is now (Art 10)."""
    last = repository.latest(session, Panel, project.id)
    if last is not None and last.state is PanelState.DISSOLVED:
        return _voted_down(session, project, last)
    return last is not None and last.state is PanelState.FAILED and last.edition == project.edition


def _voted_down(session: Session, project: Project, panel: Panel) -> bool:
    """Whether most of a panel's seats had signed a no before nobody was left for one of them."""
    gone = {withdrawal.expert_id for withdrawal in panel.withdrawals}
    against = [
        opinion
        for opinion in repository.expert_opinions(session, panel.id)
        if opinion.edition == project.edition
        and not opinion.in_favour
        and opinion.expert_id not in gone
    ]
    return len(against) * 2 > panel.size


def panel_passed(session: Session, project: Project) -> bool:
    """Whether the experts agreed to the project as it is now, in a number that suits (Art 10)."""
    last = repository.latest(session, Panel, project.id)
    return (
        last is not None
        and last.state is PanelState.PASSED
        and last.edition == project.edition
        and suits(pack(project.rule_pack), project.budget_yuan, len(last.attended))
    )


def outdated_opinions(session: Session, project: Project) -> tuple[Department, ...]:
    """Whose opinion precedes the materials or a change (Art 9)."""
    given = repository.opinions(session, project.id)
    return tuple(each.department for each in given if each.edition != project.edition)


def show(session: Session, context: Context, project_id: UUID) -> ProcessView:
    """One project and the state of its review; a unit sees its own."""
    project = visible(session, context, project_id)
    application = repository.application(session, project_id)
    return ProcessView(
        **project.model_dump(),
        stage=_stage(session, project, application),
        pre_review=_shown(PreReviewView, repository.latest(session, PreReview, project_id)),
        opinions=[
            opinion_view(session, opinion) for opinion in repository.opinions(session, project_id)
        ],
        panel=_shown(PanelSummary, repository.latest(session, Panel, project_id)),
        fiscal_evaluation=_shown(
            FiscalEvaluationView, repository.latest(session, FiscalEvaluation, project_id)
        ),
        application=None if application is None else application_view(session, application),
        tender=_shown(TenderView, repository.latest(session, Tender, project_id)),
    )


def opinion_view(session: Session, opinion: DepartmentOpinion) -> OpinionView:
    """A department's opinion, and what it said before (Art 9)."""
    earlier = repository.earlier_opinions(session, opinion.project_id, opinion.department)
    return OpinionView.model_validate({**dict(opinion), "earlier": list(map(dict, earlier))})


def application_view(session: Session, application: Application) -> ApplicationView:
    """An application, those before it, and by when the filing form is due (Art 11)."""
    owed = of_rule(session, application.project_id, filing_form_10_workdays.__name__)
    return ApplicationView.model_validate(
        {
            **dict(application),
            "earlier": [
                dict(each)
                for each in repository.rejected_applications(session, application.project_id)
            ],
            "filing_form_due_on": owed and owed.due_on,
            "filing_form_due_provisional": owed is not None and owed.due_provisional,
        }
    )


def browse(session: Session, context: Context, paging: Paging) -> Page[ProjectView]:
    """Projects in order of declaration; a unit sees its own."""
    return paginate(
        session,
        repository.projects(context.caller.limited_to),
        key=col(Project.id),
        paging=paging,
        view=lambda project: ProjectView.model_validate(project, from_attributes=True),
    )


def _shown(view: type[V], row: SQLModel | None) -> V | None:
    return None if row is None else view.model_validate(row, from_attributes=True)


def _stage(session: Session, project: Project, application: Application | None) -> Stage:
    if application is not None and application.state is ApplicationState.APPROVED:
        return Stage.APPROVED
    if project.track is not Track.FULL_PROCESS:
        return Stage.NOT_REVIEWED
    outdated = outdated_opinions(session, project)
    verdicts = {
        each.department: each.verdict
        for each in repository.opinions(session, project.id)
        if each.department not in outdated
    }
    report = repository.latest(session, FiscalEvaluation, project.id)
    needs_evaluation = pack(project.rule_pack).needs_fiscal_evaluation(project.budget_yuan)
    done = {
        Stage.PRE_REVIEW: pre_review_suits(session, project),
        Stage.JOINT_REVIEW: all(
            verdicts.get(department, Verdict.FAIL) is not Verdict.FAIL for department in REVIEWING
        ),
        Stage.EXPERT_REVIEW: panel_passed(session, project),
        Stage.FISCAL_EVALUATION: not needs_evaluation
        or (report is not None and report.edition == project.edition),
    }
    return next((stage for stage, is_done in done.items() if not is_done), Stage.APPROVAL)
