"""Declaring and filing (Arts 5, 8, 26, 27)."""

from govproject.terms.term import Term


class MaterialKind(Term):
    """What is handed in with a declaration (Art 5)."""

    APPLICATION_FORM = "application_form", "项目申报表"
    IMPLEMENTATION_PLAN = "implementation_plan", "项目实施方案"
    PRIOR_CONTRACT = "prior_contract", "上一期合同"
    SERVICE_REQUIREMENTS = "service_requirements", "服务需求"
    POLICY_BASIS = "policy_basis", "依据文件"


class ProjectScope(Term):
    """Whether the regulation governs a project at all (Arts 1, 3)."""

    GOVERNMENT_IT = "government_it", "不涉及国家秘密的政务信息化项目"
    STATE_SECRETS = "state_secrets", "涉及国家秘密"
    OUT_OF_SCOPE = "out_of_scope", "不属于政务信息化项目"


class PlanSection(Term):
    """What an implementation plan contains (Art 5)."""

    BASIS = "basis", "项目建设依据"
    OBJECTIVES = "objectives", "建设目标"
    CONTENT = "content", "建设内容"
    COST_ESTIMATE = "cost_estimate", "资金估算"


class LongLivedSystem(Term):
    """Whose small and regular optimisation may be part of operation (Art 8)."""

    PORTAL = "portal", "长期使用的综合门户"
    COMMAND_PLATFORM = "command_platform", "指挥调度平台"
    PUBLIC_SERVICE = "public_service", "直接为群众提供即时服务的政务系统"


class FilingCondition(Term):
    """The five conditions that in principle rule a filing-track project out (Art 26)."""

    DUPLICATE = "duplicate", "不符合统一规划或重复建设"
    NO_SHARED_RESOURCES = "no_shared_resources", "未使用全区共建共享的信息资源"
    NO_DATA_CATALOGUE = "no_data_catalogue", "未按要求编制数据目录、共享数据或重复采集数据"
    SECURITY = "security", "不符合网络和数据安全政策及要求"
    CRYPTO_XINCHUANG = "crypto_xinchuang", "不符合密码及信创政策及要求"


class FilingStatus(Term):
    """Where a project's filing stands (Art 27)."""

    NONE = "none", "未报备"
    SUBMITTED = "submitted", "已提交报备"
    ACCEPTED = "accepted", "报备规范"
    IRREGULAR = "irregular", "报备信息不规范"
