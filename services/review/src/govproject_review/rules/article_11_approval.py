"""第11条 项目经联合评审与财政评审后，项目单位应按规定通过……平台申请项目代码。

向区数据局报送项目审批文件，并履行报批手续，由区数据局按程序审批。立项后10个工作日内，向区委网信办报送
《项目基本情况备案表》。项目单位结合可行性研究报告、造价评估、
专家评审意见、财评报告等，编制项目招标文件进行招投标。
"""

from datetime import date

from govproject import ApprovalFacts, Citation, Findings, RulePack, TenderFacts, block, rule, warn
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period
from govproject.regulation.told import incomplete, outdated
from govproject.terms import TenderInput, Track

FILING_FORM = Citation("11", "4", "立项后10个工作日内，向区委网信办报送《项目基本情况备案表》")
_UNSURE = "无法确认现有金额和各项手续"


@rule(
    "approval",
    article="11",
    clause="1",
    quote="项目单位应按规定通过江苏省投资项目在线审批监管平台申请项目代码",
)
def project_code(facts: ApprovalFacts) -> Findings:
    """The code comes first; the approval names it.

    >>> facts = ApprovalFacts.example(project_code=None)
    >>> [finding.rule for finding in project_code(facts)]
    ['project_code']
    """
    if facts.project_code is None:
        yield block(
            "项目尚未取得项目代码。",
            remedy="请通过江苏省投资项目在线审批监管平台申请项目代码，并随报批申请提交。",
            project_code=None,
        )


@rule(
    "approval",
    article="11",
    clause="2",
    quote="向区数据局报送项目审批文件，并履行报批手续",
)
def submit_approval_documents(facts: ApprovalFacts) -> Findings:
    """The unit has sent in the documents that the bureau is to approve.

    >>> facts = ApprovalFacts.example(approval_documents=())
    >>> [finding.rule for finding in submit_approval_documents(facts)]
    ['submit_approval_documents']
    """
    if not facts.approval_documents:
        yield block(
            "项目单位尚未报送项目审批文件。",
            remedy="请上传并向区数据局报送项目审批文件，履行报批手续；"
            "此前只填报文件名称的，请区数据局退回后重新报送。",
            approval_documents=[],
        )


@rule("approval", article="11", clause="1", quote="项目经联合评审与财政评审后")
def approval_after_its_steps(facts: ApprovalFacts) -> Findings:
    """An approval that names its day was given on or after the day of each step it rests on.

    >>> steps = {"专家评审": date(2026, 8, 2), "财政评审": date(2026, 8, 3)}
    >>> facts = ApprovalFacts.example(approved_on=date(2026, 8, 2), steps_on=steps)
    >>> [finding.message for finding in approval_after_its_steps(facts)]
    ['批复日期2026-08-02早于所依据的步骤：财政评审（2026-08-03）。']
    """
    day = facts.approved_on
    if day is None:
        return
    later = {step: each for step, each in facts.steps_on.items() if each > day}
    if later:
        named = "、".join(f"{step}（{each}）" for step, each in later.items())
        yield block(
            f"批复日期{day}早于所依据的步骤：{named}。",
            remedy="请核对批复文件的日期；批复应在各项评审完成、审批文件报送之后作出，"
            "确系以前作出的，请按现有评审结论重新批复。",
            approved_on=day.isoformat(),
            later={step: each.isoformat() for step, each in later.items()},
        )


@rule("approval", article="11", clause="3", quote="由区数据局按程序审批")
def approval_on_complete_knowledge(facts: ApprovalFacts) -> Findings:
    """Nothing is approved while something about the project has arrived and not taken effect.

    >>> [f.fact for f in approval_on_complete_knowledge(ApprovalFacts.example(backlog=1))]
    [{'backlog': 1}]
    """
    yield from incomplete(facts.backlog, _UNSURE)


@rule("approval", article="11", clause="3", quote="由区数据局按程序审批")
def approval_on_current_knowledge(facts: ApprovalFacts) -> Findings:
    """Nothing is approved on what was known too long ago: a change may be on its way (0004).

    >>> facts = ApprovalFacts.example(knowledge_age_minutes=1441)
    >>> [finding.rule for finding in approval_on_current_knowledge(facts)]
    ['approval_on_current_knowledge']
    """
    yield from outdated(facts, _UNSURE)


def filing_form_period(approved_on: date, pack: RulePack) -> Period:
    """Ten working days, make-up days among them; the day of approval is not counted.

    >>> from govproject.regulation.pack import pack
    >>> filing_form_period(date(2026, 8, 3), pack("tinghu-2025")).due()
    DueOn(day=datetime.date(2026, 8, 17), provisional=False)
    """
    return Period.of_working_days(approved_on, pack.filing_form_working_days)


def filing_form_10_workdays(approved_on: date, pack: RulePack) -> Duty:
    """Whoever is approved hands in the form.

    >>> from govproject.regulation.pack import pack
    >>> filing_form_10_workdays(date(2026, 8, 3), pack("tinghu-2025")).task
    '向区委网信办报送《项目基本情况备案表》'
    """
    return Duty(
        "filing_form_10_workdays",
        FILING_FORM,
        "向区委网信办报送《项目基本情况备案表》",
        period=filing_form_period(approved_on, pack),
    )


@rule(
    "tender",
    article="11",
    clause="5",
    quote="结合可行性研究报告、造价评估、专家评审意见、财评报告等，编制项目招标文件进行招投标",
)
def tender_documents_basis(facts: TenderFacts, pack: RulePack) -> Findings:
    """Tender documents rest on all four; on the filing track, on what such a project has.

    What fell below 50万 during its review has a report only if it was evaluated before. What was
    approved before the system was in service has its papers elsewhere.

    >>> from govproject.regulation.pack import pack
    >>> facts = TenderFacts.example(based_on=("feasibility_report", "cost_assessment"))
    >>> [f.message for f in tender_documents_basis(facts, pack("tinghu-2025"))]
    ['招标文件没有结合以下材料编制：专家评审意见、财评报告。']
    """
    applicable = set(facts.on_record)
    if facts.track is Track.FULL_PROCESS:
        applicable |= set(TenderInput) - {TenderInput.FISCAL_REPORT}
    if pack.needs_fiscal_evaluation(facts.amount_yuan, facts.track):
        applicable.add(TenderInput.FISCAL_REPORT)
    absent = [each for each in TenderInput if each in applicable - set(facts.on_record)]
    if absent and facts.approved_before_service:
        yield warn(
            f"立项批复在系统启用前取得，以下材料不在本系统，未能核对：{_names(absent)}。",
            remedy="请核对招标文件已结合当时的上述材料编制。",
            absent=[each.value for each in absent],
        )
    elif absent:
        yield block(
            f"项目尚无以下材料，不能据以编制招标文件：{_names(absent)}。",
            remedy="请先取得有关材料；改变投资额的，请按变更后的金额补办。",
            absent=[each.value for each in absent],
        )
    ignored = [
        each
        for each in TenderInput
        if each in applicable.intersection(facts.on_record) and each not in facts.based_on
    ]
    if ignored:
        yield block(
            f"招标文件没有结合以下材料编制：{_names(ignored)}。",
            remedy="请结合上述材料编制招标文件，并在登记时注明。",
            ignored=[each.value for each in ignored],
        )


def _names(inputs: list[TenderInput]) -> str:
    return "、".join(each.zh for each in inputs)
