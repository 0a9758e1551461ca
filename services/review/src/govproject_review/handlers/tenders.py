"""Tender documents: put on record with what they were compiled from (Art 11)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import review as events
from govproject.errors import Conflict, Refused
from govproject.facts import TenderFacts
from govproject.gates import TENDER
from govproject.ids import new_id
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.reliefs.conditions import standing_conditions
from govproject.terms import (
    ContractClause,
    FilingCondition,
    FilingStatus,
    PreReviewMaterial,
    TenderInput,
)
from govproject_review import repository
from govproject_review.handlers import documents
from govproject_review.handlers.projects import (
    is_approved,
    panel_passed,
    pre_review_passed,
    visible,
)
from govproject_review.lifecycle import PanelState
from govproject_review.tables import FiscalEvaluation, Panel, PreReview, Project, Tender
from govproject_review.tendering import TenderLink
from govproject_review.views import RecordTenderDocuments, TenderView

_MATERIALS = {
    PreReviewMaterial.FEASIBILITY_REPORT: TenderInput.FEASIBILITY_REPORT,
    PreReviewMaterial.COST_ASSESSMENT_REPORT: TenderInput.COST_ASSESSMENT,
}


def record(
    session: Session, context: Context, project_id: UUID, command: RecordTenderDocuments
) -> TenderView:
    """Put tender documents on record; later ones count instead of them.

    Raises:
        Invalid: a file is unknown.
        Forbidden: the project, or a file, is another unit's.
        Refused: the project is not approved, or the documents do not rest on what they must.
        Conflict: the project is stopped, or has no record of what they are said to rest on.
    """
    project = visible(session, context, project_id)
    if project.decommissioned_at is not None:
        raise Conflict("decommissioned", "项目已报停用，不能登记招标文件。")
    files = documents.on_record(session, context, command.documents)
    on_record = {link.input: link for link in _links(session, project)}
    facts = _facts(session, context, project, on_record, command.based_on, command.clauses)
    decision = context.decide(TENDER, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    claimed = list(dict.fromkeys(command.based_on))
    if unfounded := [each.zh for each in claimed if each not in on_record]:
        raise Conflict(
            "input_not_on_record", f"项目没有登记{'、'.join(unfounded)}，不能作为编制依据登记。"
        )
    last = repository.latest(session, Tender, project_id)
    row = Tender(
        id=new_id(),
        project_id=project.id,
        round=last.round + 1 if last else 1,
        documents=files,
        clauses=command.clauses,
        links=[on_record[each] for each in claimed],
        findings=list(decision.findings),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(row)
    context.publish(
        session,
        events.TenderDocumentsRecorded(
            project_id=project.id,
            tender_id=row.id,
            round=row.round,
            documents=tuple(each.name for each in files),
            based_on=tuple(claimed),
            recorded_at=row.recorded_at,
        ),
    )
    return TenderView.model_validate(row, from_attributes=True)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[TenderFacts, RulePack]:
    """The gate's facts of a stored project: as its tender documents on record say, if any."""
    project = visible(session, context, project_id)
    on_record = {link.input: link for link in _links(session, project)}
    last = repository.latest(session, Tender, project_id)
    based_on = [link.input for link in last.links] if last else []
    clauses = last.clauses if last else {}
    facts = _facts(session, context, project, on_record, based_on, clauses)
    return facts, pack(project.rule_pack)


def _facts(
    session: Session,
    context: Context,
    project: Project,
    on_record: dict[TenderInput, TenderLink],
    based_on: Sequence[TenderInput],
    clauses: Mapping[ContractClause, str],
) -> TenderFacts:
    application = repository.application(session, project.id)
    return TenderFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        track=project.track,
        amount_yuan=project.budget_yuan,
        approved=is_approved(session, project.id),
        filing_status=project.filing_status,
        excluded=_excluded(session, context, project),
        approved_before_service=application is not None and application.earlier_file_id is not None,
        on_record=tuple(on_record),
        based_on=tuple(based_on),
        clauses=dict(clauses),
    )


def _excluded(
    session: Session, context: Context, project: Project
) -> tuple[FilingCondition, ...] | None:
    """The conditions that the filing declares and nobody has decided on; None where unknown."""
    if project.filing_status is FilingStatus.ACCEPTED:
        return ()
    if project.filing_conditions is None:
        return () if project.filing_status is FilingStatus.NONE else None
    acts = keeping.of(session, project.id)
    return standing_conditions(project.filing_conditions, acts, context.today())


def _links(session: Session, project: Project) -> list[TenderLink]:
    """What the project has of the four, each as the record that holds it."""
    links = []
    pre_review = repository.latest(session, PreReview, project.id)
    if pre_review is not None and pre_review_passed(session, project.id):
        links += [
            TenderLink(input=_MATERIALS[file.kind], record_id=file.file_id, title=file.name)
            for file in pre_review.files
            if file.kind in _MATERIALS
        ]
    panel = repository.latest(session, Panel, project.id)
    # What was approved stays what was approved: a later change does not take its experts away.
    approved = is_approved(session, project.id)
    concluded = panel is not None and panel.state is PanelState.PASSED
    if panel is not None and concluded and (approved or panel_passed(session, project)):
        title = f"第{panel.round}次抽取的专家组论证意见"
        links.append(TenderLink(input=TenderInput.EXPERT_OPINION, record_id=panel.id, title=title))
    report = repository.latest(session, FiscalEvaluation, project.id)
    if report is not None:
        links.append(
            TenderLink(
                input=TenderInput.FISCAL_REPORT, record_id=report.id, title=report.report_number
            )
        )
    return links
