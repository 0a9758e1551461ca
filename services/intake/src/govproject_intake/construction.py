"""What the API takes and answers about construction: contracts (Arts 13, 31, 33)."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from govproject.fields import Command, Count, Flag, IsoDate, PositiveYuan, ShortText, View
from govproject.regulation.findings import Finding
from govproject.terms import ConfidentialityNeed, ContractClause, MaintenanceItem


class RecordContract(Command):
    """Award and contract (Arts 13, 31, 33, 40)."""

    contractor: ShortText
    supervisor: ShortText | None = None
    amount_yuan: PositiveYuan
    award_notice_on: IsoDate
    contract_filed_on: IsoDate
    free_ops_months: Annotated[Count, Field(le=240)]
    clauses: dict[ContractClause, ShortText] = Field(
        default_factory=dict, description="五项必备条款及其页码（第13条）"
    )
    maintenance: dict[MaintenanceItem, ShortText] = Field(
        default_factory=dict, description="建设合同的运维约定及其页码（第31条）"
    )
    confidentiality_need: ConfidentialityNeed | None = None
    nda_signed_on: IsoDate | None = Field(
        default=None, description="安全保密协议签订日期（第13条）"
    )
    outsourced: Flag = Field(default=False, description="属于技术服务外包（第33条）")
    security_clause: ShortText | None = Field(
        default=None, description="网络安全责任和要求条款的页码（第33条）"
    )
    file_id: UUID | None = Field(default=None, description="合同文本，先经 POST /files 上传")


class ContractView(View):
    """A recorded contract."""

    id: UUID
    project_id: UUID
    contractor: str
    supervisor: str | None
    amount_yuan: Decimal
    award_notice_on: date
    contract_filed_on: date
    free_ops_months: int
    clauses: dict[ContractClause, str]
    maintenance: dict[MaintenanceItem, str]
    confidentiality_need: ConfidentialityNeed | None
    nda_signed_on: date | None
    outsourced: bool
    security_clause: str | None
    file_id: UUID | None
    warnings: list[Finding] = Field(default_factory=list)


class ContractsView(View):
    """A project's contracts, in the order in which they were recorded."""

    contracts: list[ContractView]
