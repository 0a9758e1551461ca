"""Trial operation: begun, ended, its overrun explained; and the report on it (Art 19)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.regulation.periods import add_months
from govproject.steps import after
from govproject.terms import AcceptanceStage
from govproject_acceptance import repository
from govproject_acceptance.handlers import papers, trial_duties
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.handlers.facts import gather
from govproject_acceptance.lifecycle import STEPS
from govproject_acceptance.papers import Paper
from govproject_acceptance.projection import Project
from govproject_acceptance.reporting import RecordReport, ReportView
from govproject_acceptance.tables import AgencyReport, Trial
from govproject_acceptance.views import (
    EndTrial,
    ExplainOverrun,
    StartTrial,
    TrialView,
)


def start(session: Session, context: Context, project_id: UUID, command: StartTrial) -> TrialView:
    """Record the first day of a trial.

    Raises:
        Refused: the preliminary is not passed, or its rectification list was open on that day.
        Invalid: the day lies before the last trial's end, or before completion.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.started_on, "试运行开始日期")
    state = after(STEPS, project.state, "start_trial")
    earlier = repository.trials(session, project.id)
    thresholds = pack(project.rule_pack)
    facts = gather(
        session,
        context,
        project,
        AcceptanceStage.TRIAL,
        held_on=command.started_on,
        trial_started_on=command.started_on,
        trial_ended_on=None,
        trial_overrun_reason=None,
    )
    decision = context.decide(ACCEPTANCE, facts, pack=thresholds)
    if not decision.allowed:
        raise Refused(decision)
    _must_follow(project, earlier, command.started_on)
    trial = Trial(
        id=new_id(),
        project_id=project.id,
        number=len(earlier) + 1,
        started_on=command.started_on,
        earliest_end=add_months(command.started_on, thresholds.trial_min_months),
        latest_end=add_months(command.started_on, thresholds.trial_max_months),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(trial)
    project.state = state
    context.publish(
        session,
        events.TrialStarted(
            project_id=project.id,
            started_on=trial.started_on,
            earliest_end=trial.earliest_end,
            latest_end=trial.latest_end,
        ),
    )
    trial_duties.started(session, context, project, trial.started_on)
    return TrialView.model_validate({**dict(trial), "warnings": decision.findings})


def end(session: Session, context: Context, trial_id: UUID, command: EndTrial) -> TrialView:
    """Record the last day of a trial; whether it was long enough is asked at final acceptance.

    Raises:
        Conflict: the trial has ended.
        Invalid: the day lies before the first one, or a reason is given without an overrun.
    """
    trial = repository.trial(session, trial_id)
    project = in_progress(session, context, trial.project_id)
    if trial.ended_on is not None:
        raise Conflict("trial_ended", "该次试运行已结束。")
    must_have_happened(context, command.ended_on, "试运行结束日期")
    if command.ended_on < trial.started_on:
        raise Invalid("end_before_start", "试运行结束日期不能早于开始日期。")
    trial.ended_on = command.ended_on
    if command.overrun_reason is not None:
        _explain(trial, command.overrun_reason)
    project.state = after(STEPS, project.state, "end_trial")
    context.publish(session, events.TrialEnded(project_id=project.id, ended_on=command.ended_on))
    trial_duties.ended(session, context, project.id, command.ended_on)
    return TrialView.model_validate(trial, from_attributes=True)


def explain_overrun(
    session: Session, context: Context, trial_id: UUID, command: ExplainOverrun
) -> TrialView:
    """Give the reason for an overrun after the trial has ended.

    Raises:
        Conflict: the trial has not ended, or a reason is on record.
        Invalid: there was no overrun.
    """
    trial = repository.trial(session, trial_id)
    in_progress(session, context, trial.project_id)
    if trial.ended_on is None:
        raise Conflict("trial_not_ended", "该次试运行尚未结束，请在结束时说明超期原因。")
    if trial.overrun_reason is not None:
        raise Conflict("already_explained", "已说明该次试运行的超期原因。")
    _explain(trial, command.reason)
    return TrialView.model_validate(trial, from_attributes=True)


def record_report(
    session: Session, context: Context, project_id: UUID, command: RecordReport
) -> ReportView:
    """Record a qualified agency's test report; it also triggers archiving (Arts 19, 40).

    What is on record without its file is recorded again with it, and counts from then on.

    Raises:
        Conflict: the project has a report of that number, or one with the same content.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.finished_on, "测评结束日期")
    there = [
        report
        for report in repository.reports(session, project.id)
        if report.report_number == command.report_number
    ]
    if there:
        return _complete(session, context, there[0], command)
    report = AgencyReport(
        id=new_id(),
        project_id=project.id,
        paper=_own_paper(session, context, project.id, command),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **command.model_dump(exclude={"file_id"}),
    )
    session.add(report)
    context.publish(
        session,
        events.TestReportRecorded(
            project_id=project.id,
            report_number=report.report_number,
            finished_on=report.finished_on,
        ),
    )
    return ReportView.model_validate(report, from_attributes=True)


def _complete(
    session: Session, context: Context, report: AgencyReport, command: RecordReport
) -> ReportView:
    said = ("agency", "qualification_number", "finished_on")
    if report.paper is not None or command.file_id is None:
        raise Conflict("report_recorded", "该编号的测评报告已登记。")
    if any(getattr(report, name) != getattr(command, name) for name in said):
        raise Conflict(
            "report_differs",
            "该编号的测评报告已登记，测评机构、资质证书编号或测评结束日期与已登记的不一致。",
        )
    report.paper = _own_paper(session, context, report.project_id, command)
    report.covers = command.covers or report.covers
    return ReportView.model_validate(report, from_attributes=True)


def _own_paper(
    session: Session, context: Context, project_id: UUID, command: RecordReport
) -> Paper | None:
    """The report's file, which is that of no other one."""
    paper = papers.referred_if_given(session, context, command.file_id)
    if paper is not None:
        others = repository.reports(session, project_id)
        known = ((f"测评报告{each.report_number}", each.paper) for each in others)
        papers.must_differ(session, f"测评报告{command.report_number}", paper, known)
    return paper


def _must_follow(project: Project, earlier: Sequence[Trial], started_on: date) -> None:
    """What runs is completed, and one trial at a time; an older build asked for neither."""
    last = earlier[-1].ended_on if earlier else None
    if last is not None and started_on < last:
        raise Invalid(
            "before_last_trial",
            f"试运行开始日期早于上一次试运行的结束日期{last.isoformat()}。",
            ended_on=last.isoformat(),
        )
    if project.completed_on is not None and started_on < project.completed_on:
        raise Invalid(
            "trial_before_completion",
            f"试运行开始日期早于建设完成日期{project.completed_on.isoformat()}，"
            "项目建设完成后才能试运行。",
            completed_on=project.completed_on.isoformat(),
        )


def _explain(trial: Trial, reason: str) -> None:
    if trial.ended_on is None or trial.ended_on <= trial.latest_end:
        raise Invalid("no_overrun", "该次试运行未超期，无需说明原因。")
    trial.overrun_reason = reason
