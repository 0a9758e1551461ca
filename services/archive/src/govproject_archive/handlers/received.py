"""What other services' events change here: above all, which file classes fall due (Art 40)."""

from datetime import date, datetime, time

from sqlmodel import Session

from govproject import calendar
from govproject.clock import SHANGHAI
from govproject.contracts import archive as events
from govproject.contracts.acceptance import (
    ConstructionCompleted,
    FinalPassed,
    PreliminaryPassed,
    TestReportRecorded,
    TrialEnded,
)
from govproject.contracts.intake import (
    ChangeFiled,
    ContractRecorded,
    ProjectDeclared,
    WorkingDaysAnnounced,
)
from govproject.contracts.review import (
    FiscalEvaluationRecorded,
    PanelConcluded,
    PreReviewPassed,
    ProjectApproved,
)
from govproject.messaging import Delivery
from govproject.obligations.rescheduling import reschedule
from govproject.terms import ContractSubject
from govproject_archive import repository, search_index
from govproject_archive.handlers import building, material_duties, obligations
from govproject_archive.papers import PAPERS
from govproject_archive.search_index import Kind
from govproject_archive.tables import (
    DueFile,
    DuePaper,
    DueProcessFile,
    EngagedSupervisor,
    Project,
)
from govproject_archive.triggers import CLASSES, PROCESS_FILES, Trigger


def on_project_declared(session: Session, event: ProjectDeclared, delivery: Delivery) -> None:
    """Know the project's name, its unit and the rules it started under."""
    project = repository.project_or_new(session, event.project_id)
    waited = project.unit is None
    project.project_name = event.project_name
    project.unit = event.unit
    project.rule_pack = event.rule_pack
    session.flush()
    if waited:
        obligations.open_waiting(session, project, delivery)
        material_duties.on_event(session, project, delivery)
    search_index.refresh(session.connection(), project.id, Kind.PROJECT)


def on_pre_review_passed(session: Session, event: PreReviewPassed, delivery: Delivery) -> None:
    """The feasibility report is there (Art 39)."""
    project = repository.project_or_new(session, event.project_id)
    _paper_is_there(session, project, Trigger.PRE_REVIEW, on=_day(event.reviewed_at))


def on_panel_concluded(session: Session, event: PanelConcluded, delivery: Delivery) -> None:
    """The opinion of experts who let the project pass is there (Art 39)."""
    if event.passed:
        project = repository.project_or_new(session, event.project_id)
        _paper_is_there(session, project, Trigger.EXPERT_REVIEW, on=_day(event.concluded_at))


def on_fiscal_evaluation_recorded(
    session: Session, event: FiscalEvaluationRecorded, delivery: Delivery
) -> None:
    """The report of the fiscal evaluation is there (Art 39)."""
    project = repository.project_or_new(session, event.project_id)
    _paper_is_there(
        session,
        project,
        Trigger.FISCAL_EVALUATION,
        on=_day(event.recorded_at),
        paper=f"报告{event.report_number}",
    )


def on_change_filed(session: Session, event: ChangeFiled, delivery: Delivery) -> None:
    """What was filed of a change is there (Art 39)."""
    project = repository.project_or_new(session, event.project_id)
    _paper_is_there(
        session,
        project,
        Trigger.CHANGE_FILING,
        on=_day(event.filed_at),
        record=str(event.change_id),
    )


def on_trial_ended(session: Session, event: TrialEnded, delivery: Delivery) -> None:
    """The report on the trial is there (Art 39)."""
    project = repository.project_or_new(session, event.project_id)
    _paper_is_there(session, project, Trigger.TRIAL_END, on=event.ended_on)


def on_project_approved(session: Session, event: ProjectApproved, delivery: Delivery) -> None:
    """The approval reply makes the approval files due."""
    project = repository.project_or_new(session, event.project_id)
    _fall_due(
        session,
        project,
        Trigger.APPROVAL_REPLY,
        on=event.approved_on,
        record=event.approval_number,
        paper=f"批复文号{event.approval_number}",
        delivery=delivery,
    )
    _paper_is_there(
        session,
        project,
        Trigger.APPROVAL_REPLY,
        on=event.approved_on,
        paper=f"批复文号{event.approval_number}",
    )


def on_contract_recorded(session: Session, event: ContractRecorded, delivery: Delivery) -> None:
    """Award notice and contract filing make a class due each, for every contract."""
    project = repository.project_or_new(session, event.project_id)
    supervises = event.subject is ContractSubject.SUPERVISION
    engaged = event.contractor if supervises else event.supervisor
    project.supervisor = project.supervisor or engaged
    session.merge(
        EngagedSupervisor(contract_id=event.contract_id, project_id=project.id, supervisor=engaged)
    )
    builds = event.subject in (ContractSubject.CONSTRUCTION, ContractSubject.GOODS)
    paper = _in_words(
        session, event, f"{'承建' if builds else event.subject.zh}单位{event.contractor}"
    )
    award, filing = event.award_notice_on, event.contract_filed_on
    for trigger, on in ((Trigger.AWARD_NOTICE, award), (Trigger.CONTRACT_FILING, filing)):
        _fall_due(
            session,
            project,
            trigger,
            on=on,
            record=str(event.contract_id),
            paper=paper,
            delivery=delivery,
        )
    own = str(event.contract_id)
    for trigger, on in ((Trigger.AWARD_NOTICE, award), (Trigger.CONTRACT_FILING, filing)):
        _paper_is_there(session, project, trigger, on=on, paper=paper, record=own)
    if builds:
        _paper_is_there(
            session, project, Trigger.CONSTRUCTION_CONTRACT, on=filing, paper=paper, record=own
        )
    _material_is_there(session, project, Trigger.AWARD_NOTICE, on=award, paper=paper, record=own)
    _material_is_there(
        session,
        project,
        Trigger.CONTRACT_FILING,
        on=filing,
        paper=paper,
        # What neither builds nor delivers begins with the project, whatever else it is about.
        record=own if builds else "",
    )
    material_duties.on_event(session, project, delivery)
    if event.ends_on is not None:
        building.keep(session, project, event.contract_id, event.ends_on)
    _supervision_may_be_due(session, project, delivery)


def _in_words(session: Session, event: ContractRecorded, contractor: str) -> str:
    """The contract as people tell it from the others of its contractor."""
    if event.contract_number is not None:
        return f"{contractor}，合同{event.contract_number}"
    own = str(event.contract_id)
    alike = any(
        row.record not in ("", own) and row.basis.endswith(f"（{contractor}）")
        for row in repository.due_files(session, event.project_id)
    )
    # The end of the identifier, which the page shows beside each paper: its beginning is a time.
    return f"{contractor}，合同标识{own[-8:]}" if alike else contractor


def on_construction_completed(
    session: Session, event: ConstructionCompleted, delivery: Delivery
) -> None:
    """What was built is complete: its process material is there (Art 18)."""
    project = repository.project_or_new(session, event.project_id)
    if event.corrected_from is not None:
        _moved(session, project, Trigger.COMPLETION, event.corrected_from, to=event.completed_on)
    _material_is_there(
        session, project, Trigger.COMPLETION, on=event.completed_on, paper="建设完成登记"
    )
    material_duties.on_event(session, project, delivery)
    _paper_is_there(session, project, Trigger.COMPLETION, on=event.completed_on)


def on_preliminary_passed(session: Session, event: PreliminaryPassed, delivery: Delivery) -> None:
    """The same, where nothing was told of the completion (Art 18)."""
    project = repository.project_or_new(session, event.project_id)
    _material_is_there(
        session, project, Trigger.PRELIMINARY_ACCEPTANCE, on=event.passed_on, paper="初验意见"
    )
    material_duties.on_event(session, project, delivery)
    _paper_is_there(session, project, Trigger.PRELIMINARY_ACCEPTANCE, on=event.passed_on)


def on_test_report_recorded(
    session: Session, event: TestReportRecorded, delivery: Delivery
) -> None:
    """The end of the assessment makes the test files due."""
    project = repository.project_or_new(session, event.project_id)
    _fall_due(
        session,
        project,
        Trigger.ASSESSMENT_END,
        on=event.finished_on,
        record=event.report_number,
        paper=f"测评报告{event.report_number}",
        delivery=delivery,
    )
    _paper_is_there(
        session,
        project,
        Trigger.ASSESSMENT_END,
        on=event.finished_on,
        paper=f"报告{event.report_number}",
        record=event.report_number,
    )


def on_final_passed(session: Session, event: FinalPassed, delivery: Delivery) -> None:
    """Final acceptance makes the last classes due."""
    project = repository.project_or_new(session, event.project_id)
    project.final_passed_on = event.passed_on
    _fall_due(
        session,
        project,
        Trigger.FINAL_ACCEPTANCE,
        on=event.passed_on,
        paper=f"第{event.round}次终验",
        delivery=delivery,
    )
    _material_is_there(
        session,
        project,
        Trigger.FINAL_ACCEPTANCE,
        on=event.passed_on,
        paper=f"第{event.round}次终验",
    )
    material_duties.on_event(session, project, delivery)
    _paper_is_there(session, project, Trigger.FINAL_ACCEPTANCE, on=event.passed_on)
    _supervision_may_be_due(session, project, delivery)


def on_working_days_announced(
    session: Session, event: WorkingDaysAnnounced, delivery: Delivery
) -> None:
    """Keep the calendar, and compute the days again that were waiting for it."""
    calendar.on_working_days_announced(session, event, delivery)
    reschedule(session, delivery.publish, obligations.KEEPER.events)


def _supervision_may_be_due(session: Session, project: Project, delivery: Delivery) -> None:
    # Contract and final acceptance come from two services, in either order.
    if project.supervisor is not None and project.final_passed_on is not None:
        _fall_due(
            session,
            project,
            Trigger.SUPERVISION_ACCEPTANCE,
            on=project.final_passed_on,
            paper=f"监理单位{project.supervisor}",
            delivery=delivery,
        )
        _paper_is_there(
            session, project, Trigger.SUPERVISION_ACCEPTANCE, on=project.final_passed_on
        )


def _fall_due(
    session: Session,
    project: Project,
    trigger: Trigger,
    *,
    on: date,
    paper: str,
    delivery: Delivery,
    record: str = "",
) -> None:
    """Open the trigger's classes for a record; what is due by it already stays as it is."""
    basis = f"{on:%Y-%m-%d}{trigger.zh}（{paper}）"
    known = repository.due_files(session, project.id)
    for file_class in CLASSES[trigger]:
        if any(
            row.file_class is file_class
            # What an older build opened has no record; its words say which one it was.
            and (row.record == record or (not row.record and row.basis == basis))
            for row in known
        ):
            continue
        due = DueFile(
            project_id=project.id,
            file_class=file_class,
            record=record,
            trigger=trigger,
            basis=basis,
            due_on=on,
            recorded_at=delivery.time,
        )
        session.add(due)
        delivery.publish(
            session,
            events.FileClassDue(
                project_id=project.id,
                file_class=file_class,
                trigger=due.basis,
                due_at=datetime.combine(on, time(), SHANGHAI),
            ),
        )
        obligations.open_for(session, project, due, delivery)


def _material_is_there(
    session: Session, project: Project, trigger: Trigger, *, on: date, paper: str, record: str = ""
) -> None:
    """Ask for the milestone's process material; of two milestones of a record the first counts."""
    known = {(row.kind, row.record) for row in repository.due_process_files(session, project.id)}
    for kind in PROCESS_FILES[trigger]:
        if (kind, record) not in known:
            session.add(
                DueProcessFile(
                    project_id=project.id,
                    kind=kind,
                    record=record,
                    basis=f"{on:%Y-%m-%d}{trigger.zh}（{paper}）",
                    reached_on=on,
                )
            )


def _paper_is_there(
    session: Session,
    project: Project,
    trigger: Trigger,
    *,
    on: date,
    paper: str = "",
    record: str = "",
) -> None:
    """Ask for the papers that are there now; of two events about one record the first counts."""
    known = {(row.kind, row.record) for row in repository.due_papers(session, project.id)}
    session.add_all(
        DuePaper(
            project_id=project.id,
            kind=kind,
            record=record,
            basis=f"{on:%Y-%m-%d}{trigger.zh}" + (f"（{paper}）" if paper else ""),
            since=on,
        )
        for kind in PAPERS[trigger]
        if (kind, record) not in known
    )


def _moved(
    session: Session, project: Project, trigger: Trigger, earlier: date, *, to: date
) -> None:
    """A trigger's day was told wrongly: what it asks for is there since another."""
    wrong, right = (f"{day:%Y-%m-%d}{trigger.zh}" for day in (earlier, to))
    for material in repository.due_process_files(session, project.id):
        if material.basis.startswith(wrong):
            material.basis = right + material.basis.removeprefix(wrong)
            material.reached_on = to
    for paper in repository.due_papers(session, project.id):
        if paper.basis.startswith(wrong):
            paper.basis = right + paper.basis.removeprefix(wrong)
            paper.since = to


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
