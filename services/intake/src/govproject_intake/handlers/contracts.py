"""Contracts: recorded once they settle what they have to (Arts 13, 18, 31, 33)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid, Refused
from govproject.facts import ContractFacts
from govproject.gates import CONTRACT
from govproject.ids import new_id
from govproject.names import numbered
from govproject.regulation.findings import Finding
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.terms import (
    ConfidentialityNeed,
    ContractClause,
    ContractSubject,
    MaintenanceItem,
    ProcurementMethod,
    Stage,
    Track,
)
from govproject_intake import repository
from govproject_intake.construction import (
    ContractsView,
    ContractView,
    ListPersonnel,
    RecordContract,
    TerminateContract,
)
from govproject_intake.handlers import baselines, filings, papers, related, stages
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.tables import Contract, Project

_UNSAID = {
    "amount_yuan": Decimal(0),
    "clauses": {},
    "maintenance": {},
    "free_ops_months": 0,
    "confidentiality_need": None,
    "award_notice_on": None,
}


def record(
    session: Session, context: Context, project_id: UUID, command: RecordContract
) -> ContractView:
    """Record award and contract; both dates make file classes fall due (Art 40).

    Raises:
        Conflict: the project is stopped, or the contract is on record already.
        Invalid: a date makes no sense, or a file is unknown or something else already.
        Refused: a rule of the contract gate blocks.
    """
    project = going_on(session, context, project_id)
    now = context.now()
    if command.contract_filed_on < command.award_notice_on:
        raise Invalid("contract_before_award", "合同备案日期不能早于中标通知书日期。")
    if command.contract_filed_on > now.date():
        raise Invalid("date_in_future", "合同备案日期不能晚于今天。")
    if command.nda_signed_on is not None and command.nda_signed_on > now.date():
        raise Invalid("date_in_future", "安全保密协议签订日期不能晚于今天。")
    _must_be_new(session, project, command)
    papers.must_be_apart(session, context, project, command)
    said = command.model_dump(include=set(ContractFacts.model_fields))
    said["listed"] = [person.name for person in command.personnel]
    said["contract_text"] = command.file_id is not None
    said["award_notice"] = command.award_notice_file_id is not None
    facts = _facts(session, context, project, **said)
    decision = context.decide(CONTRACT, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    said = {
        **dict(command),
        "outsourced": command.outsourced is True,
        "outsourcing_not_said": command.outsourced is None,
    }
    contract = Contract(id=new_id(), project_id=project.id, recorded_at=now, **said)
    session.add(contract)
    if contract.subject.carries_out(project.kind):
        stages.reach(session, project.id, Stage.CONTRACTED, contract.contract_filed_on)
    context.publish(
        session,
        events.ContractRecorded(
            project_id=project.id,
            contract_id=contract.id,
            contractor=contract.contractor,
            supervisor=contract.supervisor,
            amount_yuan=contract.amount_yuan,
            award_notice_on=contract.award_notice_on,
            contract_filed_on=contract.contract_filed_on,
            free_ops_months=contract.free_ops_months,
            recorded_at=now,
            subject=contract.subject,
            ends_on=contract.ends_on,
            contract_number=contract.contract_number,
        ),
    )
    return _view(contract, warnings=decision.findings)


def show(session: Session, context: Context, project_id: UUID) -> ContractsView:
    """The project's contracts; a unit sees its own."""
    visible(session, context, project_id)
    found = repository.contracts(session, project_id)
    return ContractsView(contracts=[_view(contract) for contract in found])


def of(session: Session, context: Context, contract_id: UUID) -> tuple[Contract, Project]:
    """A contract of a project that the caller may see. Raises NotFound, Forbidden."""
    contract = repository.contract(session, contract_id)
    return contract, visible(session, context, contract.project_id)


def in_force(session: Session, context: Context, contract_id: UUID) -> tuple[Contract, Project]:
    """The same of one that is still to be fulfilled. Raises NotFound, Forbidden, Conflict."""
    contract, project = of(session, context, contract_id)
    if contract.terminated_on is not None:
        raise Conflict("contract_terminated", f"合同已于{contract.terminated_on}解除，不能再办理。")
    return contract, project


def carried_on(session: Session, context: Context, contract_id: UUID) -> tuple[Contract, Project]:
    """The same of one whose project goes on. Raises NotFound, Forbidden, Conflict."""
    contract, project = in_force(session, context, contract_id)
    going_on(session, context, project.id)
    return contract, project


def terminate(
    session: Session, context: Context, contract_id: UUID, command: TerminateContract
) -> ContractView:
    """Record that a contract ended before it was fulfilled, or should not be on record (Art 12).

    What is settled for it still counts against what was approved (Art 18); its files stay due
    (Art 40), unless there was no such contract.

    Raises:
        Conflict: it is terminated already, or the project is accepted.
        Invalid: the day or the amount makes no sense, or the file is unknown.
    """
    contract, project = in_force(session, context, contract_id)
    if project.accepted_on is not None:
        raise Conflict("already_accepted", "项目已通过终验，不能再登记解除合同。")
    if command.terminated_on < contract.award_notice_on:
        raise Invalid("terminated_before_award", "合同解除日期不能早于中标通知书日期。")
    if command.terminated_on > context.today():
        raise Invalid("date_in_future", "合同解除日期不能晚于今天。")
    if command.settled_yuan > contract.amount_yuan:
        raise Invalid(
            "settled_beyond_contract",
            f"已结算金额{command.settled_yuan}元，超过合同金额{contract.amount_yuan}元。",
        )
    if command.recorded_by_mistake and command.settled_yuan:
        raise Invalid("mistake_settled", "登记有误的合同没有可以结算的金额，已结算金额应为0。")
    papers.must_be_another(session, context, contract, command.file_id)
    contract.recorded_by_mistake = command.recorded_by_mistake
    contract.terminated_on, contract.settled_yuan = command.terminated_on, command.settled_yuan
    contract.termination_reason = command.reason
    contract.termination_file_id = command.file_id
    context.publish(
        session,
        events.ContractTerminated(
            project_id=project.id,
            contract_id=contract.id,
            terminated_on=command.terminated_on,
            settled_yuan=command.settled_yuan,
            reason=command.reason,
            recorded_at=context.now(),
            recorded_by_mistake=command.recorded_by_mistake,
        ),
    )
    return _view(contract)


def list_personnel(
    session: Session, context: Context, contract_id: UUID, command: ListPersonnel
) -> ContractView:
    """Record whom the bid names, where nobody did yet; later it takes an application (Art 17).

    Raises:
        Conflict: somebody is listed, the contract is terminated, or the project stopped.
    """
    contract, _ = carried_on(session, context, contract_id)
    if contract.personnel:
        raise Conflict(
            "personnel_listed",
            "项目负责人和投标人员已登记；如需更换，请提交人员变更申请（第17条）。",
        )
    contract.personnel = command.personnel
    return _view(contract)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[ContractFacts, RulePack]:
    """The gate's facts of a stored project, before anything is said of a contract."""
    project = visible(session, context, project_id)
    return _facts(session, context, project, **_UNSAID), pack(project.rule_pack)


def supposed(facts: ContractFacts, pack: RulePack) -> dict[str, Any]:
    """What a contract brings, as one that settles everything would, for next to no money."""
    return {
        "amount_yuan": Decimal("0.01"),
        "clauses": dict.fromkeys(ContractClause, "合同"),
        "maintenance": dict.fromkeys(MaintenanceItem, "合同"),
        "free_ops_months": pack.free_ops_min_months,
        "confidentiality_need": ConfidentialityNeed.NEEDED,
        "nda_signed_on": facts.today,
        "security_clause": "合同",
        "award_notice_on": facts.today,
        "ends_on": facts.today,
        "listed": ("项目负责人",),
        "contract_text": True,
        "award_notice": True,
        "procurement_method": ProcurementMethod.OPEN_TENDER,
    }


def _must_be_new(session: Session, project: Project, command: RecordContract) -> None:
    """One contract counts once against what was approved, and is one lot (Arts 18, 19)."""
    for contract in repository.contracts_in_force(session, project.id):
        if _is_the_same(contract, command):
            number = contract.contract_number or "未填写"
            raise Conflict(
                "contract_recorded_already",
                f"与“{contract.contractor}”签订的该合同（编号：{number}，"
                f"金额{contract.amount_yuan}元，中标通知书{contract.award_notice_on}）已登记，"
                "重复登记会重复占用批复金额（第18条）。确属另一份合同的，请填写不同的合同编号；"
                "原登记有误的，请先登记解除。",
                article="18",
                id=str(contract.id),
            )


def _is_the_same(contract: Contract, command: RecordContract) -> bool:
    """By its number; without one on either side, by whom it is with, for what, and when."""
    if contract.contract_number is not None and command.contract_number is not None:
        return numbered(contract.contract_number) == numbered(command.contract_number)
    return all(
        getattr(contract, name) == getattr(command, name)
        for name in ("contractor", "subject", "amount_yuan", "award_notice_on", "contract_filed_on")
    )


def _facts(session: Session, context: Context, project: Project, **contract: Any) -> ContractFacts:
    """What the gate is asked: the project as stored, and a contract by the names of the facts."""
    approved_on = baselines.approved_on(session, project)
    reviewed_on = filings.reviewed_on(session, project)
    begins_on = reviewed_on if project.track is Track.FILING else approved_on
    others = repository.contracts_in_force(session, project.id)
    return ContractFacts.model_validate(
        {
            "today": context.today(),
            "reliefs": keeping.of(session, project.id),
            "kind": project.kind,
            "track": project.track,
            "approval_number": project.approval_number,
            "approved_on": approved_on,
            "internal_review_on": reviewed_on,
            "internal_review_record": filings.review_record(session, project),
            "excluded": filings.excluded(session, context, project),
            "project_name": project.project_name,
            "unit": project.unit,
            "building": tuple(c.contractor for c in others if c.subject.carries_out(project.kind)),
            "supervising": _supervising(others),
            "plan_year": project.plan_year,
            "related": related.known(session, project),
            "accepted_on": project.accepted_on,
            "accepted_before": filings.accepted_before(session, project),
            "fiscal_report": project.fiscal_report,
            "evaluated_yuan": project.evaluated_yuan,
            "contracted_yuan": repository.contracted_yuan(session, project.id),
            "budget_yuan": project.budget_yuan,
            "prepared_yuan": repository.prepared_yuan(session, project, begins_on),
            "services_yuan": repository.services_yuan(session, project.id),
            "approved_yuan": baselines.ceiling_yuan(session, project),
            **contract,
        }
    )


def _supervising(contracts: Sequence[Contract]) -> tuple[str, ...]:
    named = (c.supervisor for c in contracts if c.supervisor is not None)
    engaged = (c.contractor for c in contracts if c.subject is ContractSubject.SUPERVISION)
    return (*named, *engaged)


def _view(contract: Contract, warnings: tuple[Finding, ...] = ()) -> ContractView:
    outsourced = None if contract.outsourcing_not_said else contract.outsourced
    return ContractView.model_validate(
        {**contract.model_dump(), "outsourced": outsourced, "warnings": warnings}
    )
