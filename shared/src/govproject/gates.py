"""The gates: a question about a project, the facts it is asked with, the hook that answers."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from govproject import facts

F_co = TypeVar("F_co", bound=facts.Facts, covariant=True)


@dataclass(frozen=True, slots=True)
class Gate(Generic[F_co]):
    """One question that rules answer."""

    name: str
    title: str
    facts: type[F_co]

    @property
    def hook(self) -> str:
        """The hook in `govproject.hookspecs` that this gate calls."""
        return f"check_{self.name}"


DECLARATION = Gate("declaration", "项目申报", facts.DeclarationFacts)
ANNUAL_PLAN = Gate("annual_plan", "列入年度计划", facts.AnnualPlanFacts)
FILING = Gate("filing", "报备", facts.FilingFacts)
MATERIALS = Gate("materials", "预审材料", facts.MaterialsFacts)
PRE_REVIEW = Gate("pre_review", "项目预审", facts.PreReviewFacts)
PANEL = Gate("panel", "专家组组成", facts.PanelFacts)
APPROVAL = Gate("approval", "立项审批", facts.ApprovalFacts)
CONTRACT = Gate("contract", "合同登记", facts.ContractFacts)
CHANGE = Gate("change", "变更报备", facts.ChangeFacts)
CONSTRUCTION = Gate("construction", "工期与人员", facts.ConstructionFacts)
TENDER = Gate("tender", "招标文件编制", facts.TenderFacts)
ACCEPTANCE = Gate("acceptance", "项目验收", facts.AcceptanceFacts)
OPERATION = Gate("operation", "正式运行", facts.OperationFacts)
EVALUATION = Gate("evaluation", "绩效评价", facts.EvaluationFacts)
ARCHIVE = Gate("archive", "档案验收", facts.ArchiveFacts)
ALLOCATION = Gate("allocation", "政务云资源分配", facts.AllocationFacts)
