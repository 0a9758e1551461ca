"""A project that was built without any contract says why (Art 12)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict
from govproject_acceptance import repository
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.tables import ContractAbsence
from govproject_acceptance.uncontracted import ContractAbsenceView, ExplainNoContract


def explain(
    session: Session, context: Context, project_id: UUID, command: ExplainNoContract
) -> ContractAbsenceView:
    """Record why there is no contract; every meeting shows it until one is recorded.

    Raises:
        Conflict: a contract is on record, or the reason is.
    """
    project = in_progress(session, context, project_id)
    if repository.lots(session, project):
        raise Conflict("contract_recorded", "项目已有合同记录，无需说明没有合同的理由。")
    if repository.no_contract_reason(session, project.id) is not None:
        raise Conflict("already_explained", "已说明项目没有合同的理由。")
    absence = ContractAbsence(
        project_id=project.id,
        reason=command.reason,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(absence)
    return ContractAbsenceView.model_validate(absence, from_attributes=True)
