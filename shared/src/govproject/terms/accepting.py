"""Acceptance, evaluation and operation (Arts 14, 19-24, 32)."""

from govproject.terms.term import Term


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


class IndicatorSource(Term):
    """What fixes a main technical or efficiency indicator (Art 19)."""

    APPROVAL = "approval", "项目立项批复文件"
    TECHNICAL_REVIEW = "technical_review", "技术审查意见"
    TENDER = "tender", "招投标文件"
    CONTRACT = "contract", "合同约定"
    CHANGE = "change", "正式变更"


class IssueKind(Term):
    """What may have gone wrong in carrying a project out, or in proving it (Art 19)."""

    MAJOR_ISSUE = "major_issue", "重大问题"
    LEGAL_DISPUTE = "legal_dispute", "法律纠纷"
    UNTRUE_DOCUMENT = "untrue_document", "材料不真实"


class DocumentFinding(Term):
    """What the bureau found of a document that somebody called untrue (Art 19)."""

    TRUE = "true", "属实"
    REPLACED = "replaced", "不真实，已更正并重新提供"
    UNTRUE = "untrue", "不真实，尚未更正"


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


class SecurityMeasure(Term):
    """What keeps a system in operation secure (Art 32)."""

    MLPS = "mlps", "网络安全等级保护"
    CRYPTO = "crypto", "密码应用"
    MONITORING = "monitoring", "监测预警"
    MAINTENANCE = "maintenance", "运维管理"
    INSPECTION = "inspection", "检查检测"
    EMERGENCY = "emergency", "应急保障"
    TRAINING = "training", "宣传培训"
