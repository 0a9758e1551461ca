"""What goes into an archive (Arts 18, 36-42)."""

from govproject.terms.term import Term


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


class PaperKind(Term):
    """Which paper of its class a file in a volume is (Arts 39, 40)."""

    APPROVAL_REPLY = "approval_reply", "批复文件"
    FEASIBILITY_REPORT = "feasibility_report", "可行性研究报告"
    EXPERT_OPINION = "expert_opinion", "专家评审意见"
    FISCAL_REPORT = "fiscal_report", "财政评审报告"
    TENDER_DOCUMENT = "tender_document", "招标文件"
    AWARD_NOTICE = "award_notice", "中标通知书"
    CONTRACT_TEXT = "contract_text", "合同文本"
    IMPLEMENTATION_PLAN = "implementation_plan", "实施计划方案"
    START_REPORT = "start_report", "开工资料"
    CHANGE_DOCUMENT = "change_document", "变更报备材料"
    COMPLETION_REPORT = "completion_report", "竣工资料"
    SUPERVISION_PLAN = "supervision_plan", "监理规划"
    SUPERVISION_REPORT = "supervision_report", "监理总结报告"
    TEST_REPORT = "test_report", "测评报告"
    PRELIMINARY_OPINION = "preliminary_opinion", "初步验收意见"
    TRIAL_REPORT = "trial_report", "试运行报告"
    SELF_REPORT = "self_report", "终验自评报告"
    FINAL_OPINION = "final_opinion", "终验意见"
    OTHER = "other", "其他"


class Retention(Term):
    """For how long a volume is kept (Art 39: by the standards for archives)."""

    PERMANENT = "permanent", "永久"
    YEARS_30 = "years_30", "30年"
    YEARS_10 = "years_10", "10年"


class AccessClass(Term):
    """Whether others than the unit and its supervisors may be shown a volume (Art 39: safe)."""

    OPEN = "open", "开放"
    CONTROLLED = "controlled", "控制"


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
