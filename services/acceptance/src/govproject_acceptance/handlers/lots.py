"""The lots of a project, accepted one by one before the whole is (Art 19)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid, Refused
from govproject.gates import ACCEPTANCE
from govproject.ids import new_id
from govproject.regulation.pack import pack
from govproject.terms import AcceptanceStage
from govproject_acceptance import repository
from govproject_acceptance.handlers import contract_duties, papers
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.handlers.facts import accepted_lots, gather
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import LotRound
from govproject_acceptance.views import HoldLot, LotRoundView, LotView


def hold(session: Session, context: Context, project_id: UUID, command: HoldLot) -> LotRoundView:
    """Record the acceptance of one lot; after a failed one the next is another round.

    Raises:
        Refused: a rule of the gate forbids the meeting; nothing is recorded.
        Conflict: the contract is no lot, the project has one only, or it is accepted already.
        Invalid: the contract is not the project's, or of a later day than the meeting.
    """
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.held_on, "标段验收日期")
    contracts = repository.contracts(session, project.id)
    contract = next((each for each in contracts if each.id == command.contract_id), None)
    if contract is None:
        raise Invalid("contract_unknown", "该合同不是本项目的合同。", id=str(command.contract_id))
    lots = {contract.id for contract in contracts if contract.carries_out(project.kind)}
    if command.contract_id not in lots:
        raise Conflict("not_a_lot", "该合同（监理、测评、咨询等）不是标段，不单独组织标段验收。")
    if len(lots) == 1:
        raise Conflict("single_lot", "项目只有一个标段，请直接组织项目验收。")
    if command.contract_id in accepted_lots(session, project.id, context.today()):
        raise Conflict("lot_accepted", "该标段已验收合格。")
    if command.held_on < contract.contract_filed_on:
        raise Invalid(
            "lot_before_contract",
            f"标段验收日期早于该标段合同的备案日期{contract.contract_filed_on.isoformat()}。",
            contract_filed_on=contract.contract_filed_on.isoformat(),
        )
    facts = gather(session, context, project, AcceptanceStage.LOT, held_on=command.held_on)
    decision = context.decide(ACCEPTANCE, facts, pack=pack(project.rule_pack))
    if not decision.allowed:
        raise Refused(decision)
    held = LotRound(
        id=new_id(),
        project_id=project.id,
        contract_id=command.contract_id,
        held_on=command.held_on,
        opinion=command.opinion,
        passed=command.passed,
        reasons=command.reasons,
        paper=papers.referred(session, context, command.file_id),
        decision=decision,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(held)
    contract_duties.completed(session, context, project.id)
    return LotRoundView.model_validate(held, from_attributes=True)


def of(session: Session, project: Project, today: date) -> list[LotView]:
    """The project's lots; a project with a single one has none."""
    lots = repository.lots(session, project)
    accepted = accepted_lots(session, project.id, today)
    if len(lots) <= 1:
        return []
    return [
        LotView(
            contract_id=contract.id,
            contractor=contract.contractor,
            accepted_on=accepted.get(contract.id),
        )
        for contract in lots
    ]
