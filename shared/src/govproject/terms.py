"""The closed vocabularies that services, events and rules share, with their Chinese names."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A closed vocabulary whose members carry the words that officials read."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        """Build a member from its wire value and its Chinese name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member


class ProjectKind(Term):
    """What is being done (Art 5)."""

    NEW = "new", "新建"
    RENEWAL = "renewal", "续建"
    UPGRADE = "upgrade", "升级改造"
    OPS = "ops", "运维"
    SERVICE = "service", "服务类"

    @property
    def serves(self) -> bool:
        """Whether it is operation or another service; everything else is built."""
        return self in (ProjectKind.OPS, ProjectKind.SERVICE)


class MaterialKind(Term):
    """What is handed in with a declaration (Art 5)."""

    APPLICATION_FORM = "application_form", "项目申报表"
    IMPLEMENTATION_PLAN = "implementation_plan", "项目实施方案"
    PRIOR_CONTRACT = "prior_contract", "上一期合同"
    SERVICE_REQUIREMENTS = "service_requirements", "服务需求"
    POLICY_BASIS = "policy_basis", "依据文件"


class PlanSection(Term):
    """What an implementation plan contains (Art 5)."""

    BASIS = "basis", "项目建设依据"
    OBJECTIVES = "objectives", "建设目标"
    CONTENT = "content", "建设内容"
    COST_ESTIMATE = "cost_estimate", "资金估算"


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


class LongLivedSystem(Term):
    """Whose small and regular optimisation may be part of operation (Art 8)."""

    PORTAL = "portal", "长期使用的综合门户"
    COMMAND_PLATFORM = "command_platform", "指挥调度平台"
    PUBLIC_SERVICE = "public_service", "直接为群众提供即时服务的政务系统"


class Stage(Term):
    """How far a project has come; each has its event, by which other systems follow (Art 6)."""

    DECLARED = "declared", "已申报"
    REGISTERED = "registered", "已纳入市级系统"
    PLANNED = "planned", "已列入年度计划"
    FILED = "filed", "报备规范"
    APPROVED = "approved", "已立项"
    CONTRACTED = "contracted", "合同已备案"
    PRELIMINARY_PASSED = "preliminary_passed", "初验合格"
    TRIAL_STARTED = "trial_started", "试运行开始"
    TRIAL_ENDED = "trial_ended", "试运行结束"
    ACCEPTED = "accepted", "终验合格"
    EVALUATED = "evaluated", "已作绩效评价"
    DECOMMISSIONED = "decommissioned", "已停用或迁移"


class Track(Term):
    """How the project is managed; derived from its amount, never typed in (Art 4)."""

    FULL_PROCESS = "full_process", "全过程管理"
    FILING = "filing", "报备制管理"


class DeploymentTarget(Term):
    """Where the system will run (Art 2)."""

    DISTRICT_CLOUD = "district_cloud", "区政务云"
    NATIONAL_STANDALONE = "national_standalone", "国家明确规定单独建设"
    ELSEWHERE = "elsewhere", "区政务云以外"
    NONE = "none", "不部署系统"


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


class ChangeAspect(Term):
    """What a change touches (Arts 12, 28)."""

    CONTENT = "content", "建设内容"
    SCALE = "scale", "建设规模"
    AMOUNT = "amount", "建设金额"
    RESPONSIBILITY = "responsibility", "实施机构或项目责任人"

    @property
    def is_reviewed(self) -> bool:
        """Whether review and approval speak to it (Arts 9-11, 28): not to who is responsible.

        >>> [aspect.value for aspect in ChangeAspect if aspect.is_reviewed]
        ['content', 'scale', 'amount']
        """
        return self in (ChangeAspect.CONTENT, ChangeAspect.SCALE, ChangeAspect.AMOUNT)


class ContractClause(Term):
    """What every contract settles (Art 13)."""

    IP_OWNERSHIP = "ip_ownership", "知识产权归属"
    DATA_PROPERTY = "data_property", "数据产权"
    DATA_SECURITY = "data_security", "数据安全"
    CONFIDENTIALITY = "confidentiality", "保密要求"
    MAINTENANCE_YEARS = "maintenance_years", "维保年限"


class ContractSubject(Term):
    """What a contract is about (Arts 19, 31)."""

    CONSTRUCTION = "construction", "建设"
    SUPERVISION = "supervision", "监理"
    TEST = "test", "测评"
    GOODS = "goods", "货物"
    SERVICE = "service", "服务"

    def carries_out(self, kind: ProjectKind) -> bool:
        """Whether such a contract carries a project of that kind out: services do where it is one.

        >>> ContractSubject.SERVICE.carries_out(ProjectKind.NEW)
        False
        >>> ContractSubject.SERVICE.carries_out(ProjectKind.OPS)
        True
        """
        if self is ContractSubject.SERVICE:
            return kind.serves
        return self not in (ContractSubject.SUPERVISION, ContractSubject.TEST)


class MaintenanceItem(Term):
    """What a construction contract says of maintenance (Art 31)."""

    SCOPE = "scope", "运维范围"
    PERIOD = "period", "运维期限"
    RESPONSIBILITY = "responsibility", "运维责任"


class ConfidentialityNeed(Term):
    """Whether a project has anything to keep confidential (Art 13)."""

    NONE = "none", "无保密需要"
    NEEDED = "needed", "有保密需要"


class ConstructionStep(Term):
    """What is asked about during construction (Arts 15, 17)."""

    SCHEDULE = "schedule", "进度计划"
    EXTENSION = "extension", "延期申请"
    EXTENSION_EFFECT = "extension_effect", "延期生效"
    PERSONNEL = "personnel", "人员变更申请"
    PERSONNEL_EFFECT = "personnel_effect", "人员变更生效"


class Party(Term):
    """The three who confirm an extension or a change of personnel (Arts 15, 17)."""

    UNIT = "unit", "项目单位"
    SUPERVISOR = "supervisor", "监理单位"
    CONTRACTOR = "contractor", "承建单位"


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


class FileClass(Term):
    """The seven classes of project files, each with its own trigger (Art 40)."""

    APPROVAL = "approval", "立项文件"
    PROCUREMENT = "procurement", "采购文件"
    CONTRACT = "contract", "合同文件"
    IMPLEMENTATION = "implementation", "实施文件"
    SUPERVISION = "supervision", "监理文件"
    TEST = "test", "测评文件"
    FINAL_ACCEPTANCE = "final_acceptance", "最终验收文件"


class ProcessFileKind(Term):
    """What is collected and uploaded as the project goes on (Art 18)."""

    TENDER = "tender", "招标文件"
    AWARD = "award", "中标文件"
    COMMENCEMENT = "commencement", "工程开工资料"
    COMPLETION = "completion", "工程竣工资料"
    PROGRESS = "progress", "项目建设实施进展材料"


class Fixity(Term):
    """Whether an electronic file in the archive still is what was archived."""

    INTACT = "intact", "完好"
    CHANGED = "changed", "内容与归档时不一致"
    MISSING = "missing", "文件缺失"
    UNREADABLE = "unreadable", "文件无法读取"


class ArchivePlace(Term):
    """Where the work on a project's archive is written down (Art 37)."""

    CONSTRUCTION_PLAN = "construction_plan", "项目建设计划"
    QUALITY_SYSTEM = "quality_system", "质量保证体系"
    PROCEDURES = "procedures", "项目管理程序"
    CONTRACT = "contract", "合同管理"
    POST_DUTY = "post_duty", "岗位责任制"


class ArchiveProvision(Term):
    """What a unit provides for the work on project archives and their safety (Arts 36, 42)."""

    STAFF = "staff", "档案工作人员"
    FUNDS = "funds", "档案工作经费"
    FACILITIES = "facilities", "档案工作设施设备"
    SAFEKEEPING = "safekeeping", "安全保管档案的设施设备"


class Veto(Term):
    """The nine conditions any of which forbids passing final acceptance (Art 19)."""

    XINCHUANG = "xinchuang", "未满足信创技术路线要求"
    INDICATORS = "indicators", "未按批复、审查意见、招投标文件、合同完成主要技术、效率指标"
    FALSE_DOCUMENTS = "false_documents", "竣工验收文件材料不真实"
    UNAPPROVED_MAJOR_CHANGE = "unapproved_major_change", "较大变更未按规定程序报批或报批未批准"
    MAJOR_ISSUE_OR_DISPUTE = "major_issue_or_dispute", "重大问题未作说明或法律纠纷尚未解决"
    ARCHIVE_NOT_ACCEPTED = "archive_not_accepted", "未经档案验收或验收不合格"
    NO_DATA_SHARING = "no_data_sharing", "未按规定实现数据共享开放"
    EXPERT_RESOLUTION = "expert_resolution", "专家组决议不通过的其他原因"
    DIGITAL_ASSETS = "digital_assets", "未按规定实现数字资产接入、共建、共享、赋能利用"


class AcceptanceStage(Term):
    """The steps at which acceptance asks: from the start of building to the final (Arts 14, 19)."""

    KICK_OFF = "kick_off", "实施启动"
    COMPLETION = "completion", "建设完成登记"
    PRELIMINARY = "preliminary", "初验"
    TRIAL = "trial", "试运行"
    LOT = "lot", "标段验收"
    FINAL = "final", "终验"


class ImplementationPlan(Term):
    """What the unit prepares for the time of building (Art 14)."""

    CLOUD = "cloud", "云资源申请与部署计划"
    MLPS = "mlps", "网络安全等级保护建设测评和备案计划"
    CRYPTO = "crypto", "密码应用建设和密评工作计划"
    QUALITY = "quality", "项目质量保障计划"
    STAFFING = "staffing", "项目组织架构与项目人员安排计划"
    MANAGEMENT_RULES = "management_rules", "项目管理制度"
    TRIAL = "trial", "项目试运行计划"
    ACCEPTANCE = "acceptance", "项目验收计划"


class FinalMaterial(Term):
    """What the experts of a final acceptance look at (Art 19)."""

    SELF_EVALUATION = "self_evaluation", "项目终验自评报告"
    PRESENTATION = "presentation", "项目运行介绍演示"
    DOCUMENTS = "documents", "验收材料文档"


class ParticipantRole(Term):
    """Who must be at the preliminary acceptance meeting (Art 19)."""

    TECHNICAL_HEAD = "technical_head", "本单位技术主管"
    USER_REPRESENTATIVE = "user_representative", "系统使用者代表"
    CONTRACTOR = "contractor", "承建单位"
    SUPERVISOR = "supervisor", "监理单位"
    EXPERT = "expert", "专家"


class ReportSubject(Term):
    """What a qualified agency tests before final acceptance (Art 19)."""

    QUALITY = "quality", "项目质量"
    MLPS = "mlps", "网络安全等级"


class EvaluationPart(Term):
    """The two parts of a performance evaluation (Art 23)."""

    SELF = "self", "项目单位自评"
    FINANCE = "finance", "区财政局评价"


class SelfEvaluationPart(Term):
    """What a project's self-evaluation says (Art 21)."""

    RESULTS = "results", "建设运行取得的成效"
    PROBLEMS = "problems", "存在的问题和不足"
    IMPROVEMENTS = "improvements", "改进优化的措施"
    PLAN = "plan", "改进优化的计划"


class EvaluationDimension(Term):
    """What the finance bureau's evaluation looks at (Art 24)."""

    EFFECT = "effect", "应用效果"
    CONNECTIVITY = "connectivity", "贯通情况"
    DATA_SHARING = "data_sharing", "数据资源共享"
    SECURITY = "security", "安全保密"
    INNOVATION = "innovation", "创新服务"
    BENEFIT = "benefit", "经济社会效益"
    REFORM = "reform", "改革成效"


class LinkState(Term):
    """A link between two projects on one system (Art 25); named and confirmed ones count."""

    NAMED = "named", "项目单位填报"
    PROPOSED = "proposed", "待区数据局确认"
    CONFIRMED = "confirmed", "区数据局确认"
    DISMISSED = "dismissed", "区数据局认定不关联"


class EvaluationGrade(Term):
    """The result of a performance evaluation; only its ends have consequences (Art 25)."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    QUALIFIED = "qualified", "合格"
    POOR = "poor", "差"


class SecurityMeasure(Term):
    """What keeps a system in operation secure (Art 32)."""

    MLPS = "mlps", "网络安全等级保护"
    CRYPTO = "crypto", "密码应用"
    MONITORING = "monitoring", "监测预警"
    MAINTENANCE = "maintenance", "运维管理"
    INSPECTION = "inspection", "检查检测"
    EMERGENCY = "emergency", "应急保障"
    TRAINING = "training", "宣传培训"


class NetworkZone(Term):
    """Where allocated machines are connected."""

    INTERNET = "internet", "互联网区"
    EXTRANET = "extranet", "政务外网区"
    DEDICATED = "dedicated", "专线区"
    DMZ = "dmz", "DMZ"


class ReliefKind(Term):
    """Which recorded act of the bureau can lift a refusal."""

    NONE = "none", "不可豁免"
    EXCEPTION = "exception", "经批准的例外"
    BUREAU_DECISION = "bureau_decision", "区数据局决定"
