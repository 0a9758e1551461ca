"""What the routes about missing contracts take (commands) and answer (views) (Art 12)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, LongText, PositiveYuan, View
from govproject_acceptance.papers import Paper


class ExplainNoContract(Command):
    """Why a project has no contract at all, as one that the unit built itself (Art 12)."""

    reason: LongText


class ExplainPayment(Command):
    """What was paid for the project without a contract on record, for what and why (Art 12)."""

    amount_yuan: PositiveYuan = Field(description="没有合同的支付金额（元）")
    reason: LongText = Field(description="支付内容及没有合同的理由")
    file_id: UUID = Field(description="支付依据或凭证，先经 POST /files 上传")


class ContractAbsenceView(View):
    """A project without contract, and why."""

    project_id: UUID
    reason: str


class UncontractedPaymentView(View):
    """A payment without a contract, and why there is none."""

    id: UUID
    project_id: UUID
    amount_yuan: Decimal
    reason: str
    paper: Paper
    recorded_at: datetime
