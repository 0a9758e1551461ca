"""What concerns a project at any step (Arts 2, 4-6, 25)."""

from govproject.terms.term import Term


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
