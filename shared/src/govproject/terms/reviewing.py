"""Pre-review, joint review and tender (Arts 2, 8-11)."""

from govproject.terms.term import Term


class PreReviewMaterial(Term):
    """What is handed in for the pre-review (Arts 2, 8)."""

    FEASIBILITY_REPORT = "feasibility_report", "项目可行性研究报告"
    PRELIMINARY_DESIGN = "preliminary_design", "初步设计方案"
    COST_ASSESSMENT_REPORT = "cost_assessment_report", "项目造价咨询评估报告"
    CRYPTO_PLAN = "crypto_plan", "密码应用方案"
    NETWORK_SECURITY_PLAN = "network_security_plan", "网络安全建设方案"
    OPS_PLAN = "ops_plan", "运维方案"
    DATA_RESOURCE_CATALOGUE = "data_resource_catalogue", "数据资源目录"
    SHARING_LIST = "sharing_list", "共享清单"
    OPENING_LIST = "opening_list", "开放清单"
    AUTHORIZED_OPERATION_LIST = "authorized_operation_list", "授权运营清单"
    DIGITAL_ASSET_CATALOGUE = "digital_asset_catalogue", "数字资产目录"
    STANDALONE_BASIS = "standalone_basis", "国家明确规定单独建设的文件"
    DATA_SHARING_PLAN = "data_sharing_plan", "数据共享和业务协同方案"
    OTHER = "other", "其他材料"


class CostHead(Term):
    """What the total cost of a project consists of (Art 8)."""

    DIRECT_COST = "direct_cost", "项目直接建设费"
    NETWORK_SECURITY_COST = "network_security_cost", "网络安全费"
    OTHER_COSTS = "other_costs", "工程建设其他费"
    CONTINGENCY = "contingency", "预备费"


class MobileScope(Term):
    """What a project has for telephones (Art 2)."""

    NONE = "none", "不涉及移动端"
    CITY_PORTAL = "city_portal", "移动端功能集成到市级统一移动门户"
    OWN_CLIENT = "own_client", "另行开发移动端应用"


class MobileOutcome(Term):
    """What final acceptance found of the functions for telephones (Art 2)."""

    NONE = "none", "没有移动端功能"
    IN_PORTAL = "in_portal", "移动端功能已集成到市级统一移动门户"
    NOT_IN_PORTAL = "not_in_portal", "移动端功能未集成到市级统一移动门户"


class TenderInput(Term):
    """What tender documents are compiled from (Art 11)."""

    FEASIBILITY_REPORT = "feasibility_report", "可行性研究报告"
    COST_ASSESSMENT = "cost_assessment", "造价评估"
    EXPERT_OPINION = "expert_opinion", "专家评审意见"
    FISCAL_REPORT = "fiscal_report", "财评报告"


class DocumentVerdict(Term):
    """What was seen in a document of a thing that it must contain."""

    PASS = "pass", "符合"  # no password
    MISSING = "missing", "缺少"
    DOUBT = "doubt", "存疑"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Department(Term):
    """The four departments of the joint review (Art 9)."""

    PARTY_OFFICE = "party_office", "区委办"
    CYBERSPACE = "cyberspace", "区委网信办"
    FINANCE = "finance", "区财政局"
    AUDIT = "audit", "区审计局"


class Verdict(Term):
    """What a department says of a project in the joint review (Art 9)."""

    PASS = "pass", "通过"
    PASS_WITH_CONDITIONS = "pass_with_conditions", "附条件通过"
    FAIL = "fail", "不通过"
