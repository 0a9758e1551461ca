"""The gates: a question about a project, the facts it is asked with, the hook that answers."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from govproject import facts
from govproject.regulation.citation import Citation

F_co = TypeVar("F_co", bound=facts.Facts, covariant=True)


@dataclass(frozen=True, slots=True)
class Gate(Generic[F_co]):
    """One question that rules answer."""

    name: str
    title: str
    facts: type[F_co]
    citation: Citation
    """What a refusal rests on that no rule explains: one that gave no answer, or none at all."""

    @property
    def hook(self) -> str:
        """The hook in `govproject.hookspecs` that this gate calls."""
        return f"check_{self.name}"


DECLARATION = Gate(
    "declaration",
    "项目申报",
    facts.DeclarationFacts,
    Citation("5", "1", "编制好申报材料，报送至区数据局"),
)
ANNUAL_PLAN = Gate(
    "annual_plan",
    "列入年度计划",
    facts.AnnualPlanFacts,
    Citation("5", "2", "由区数据局整理汇总下一年度项目计划"),
)
FILING = Gate(
    "filing",
    "报备",
    facts.FilingFacts,
    Citation("27", "1", "项目单位应在市级政务信息化项目管理系统报备有关信息"),
)
MATERIALS = Gate(
    "materials", "预审材料", facts.MaterialsFacts, Citation("8", "1", "项目预审材料要求如下")
)
PRE_REVIEW = Gate(
    "pre_review",
    "项目预审",
    facts.PreReviewFacts,
    Citation("7", "1", "由区数据局组织开展项目预审工作"),
)
PANEL = Gate(
    "panel",
    "专家组组成",
    facts.PanelFacts,
    Citation("10", "2", "区数据局从盐城市市级政务信息化项目评审专家库中抽取专家"),
)
APPROVAL = Gate(
    "approval", "立项审批", facts.ApprovalFacts, Citation("11", "3", "由区数据局按程序审批")
)
CONTRACT = Gate(
    "contract",
    "合同登记",
    facts.ContractFacts,
    Citation("12", "2", "严格执行招标投标、政府采购、工程监理、合同管理等制度要求"),
)
CHANGE = Gate(
    "change",
    "变更报备",
    facts.ChangeFacts,
    Citation("28", "1", "在变更事项确定后在市级政务信息化项目管理系统完成报备"),
)
CONSTRUCTION = Gate(
    "construction",
    "工期与人员",
    facts.ConstructionFacts,
    Citation("15", "1", "对项目实行严格的项目计划管理"),
)
TENDER = Gate(
    "tender", "招标文件编制", facts.TenderFacts, Citation("11", "5", "编制项目招标文件进行招投标")
)
ACCEPTANCE = Gate(
    "acceptance",
    "项目验收",
    facts.AcceptanceFacts,
    Citation("19", "1", "区政务信息化项目在完成后必须进行验收"),
)
OPERATION = Gate(
    "operation",
    "正式运行",
    facts.OperationFacts,
    Citation("30", "1", "各系统的项目单位或使用单位对其运行、维护负总责"),
)
EVALUATION = Gate(
    "evaluation",
    "绩效评价",
    facts.EvaluationFacts,
    Citation("23", "1", "项目绩效评价包括项目单位自评和区财政局评价"),
)
ARCHIVE = Gate(
    "archive",
    "档案验收",
    facts.ArchiveFacts,
    Citation("39", "1", "项目档案应真实、完整、准确、系统、规范和安全"),
)
ALLOCATION = Gate(
    "allocation",
    "政务云资源分配",
    facts.AllocationFacts,
    Citation("3", "2", "区数据局将不予分配基础设施资源"),
)
