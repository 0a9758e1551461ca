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
