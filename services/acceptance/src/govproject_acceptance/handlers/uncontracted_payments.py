"""What was paid without a contract says for what and why (Art 12)."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.ids import new_id
from govproject_acceptance import repository
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.tables import UncontractedPayment
from govproject_acceptance.uncontracted import ExplainPayment, UncontractedPaymentView


def explain(
    session: Session, context: Context, project_id: UUID, command: ExplainPayment
) -> UncontractedPaymentView:
    """Record a payment and why it has no contract; every meeting shows it. There may be several."""
    project = in_progress(session, context, project_id)
    payment = UncontractedPayment(
        id=new_id(),
        project_id=project.id,
        amount_yuan=command.amount_yuan,
        reason=command.reason,
        paper=papers.referred(session, context, command.file_id),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(payment)
    return view(payment)


def view(payment: UncontractedPayment) -> UncontractedPaymentView:
    """One payment and why it has no contract."""
    return UncontractedPaymentView.model_validate(payment, from_attributes=True)


def of(session: Session, project_id: UUID) -> dict[str, object]:
    """What a meeting is shown of them: how much they are together, and each reason."""
    payments = repository.uncontracted_payments(session, project_id)
    return {
        "uncontracted_yuan": sum((payment.amount_yuan for payment in payments), Decimal(0)),
        "uncontracted_reasons": tuple(payment.reason for payment in payments),
    }
