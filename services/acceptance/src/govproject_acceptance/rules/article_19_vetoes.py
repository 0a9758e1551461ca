"""第19条（二）……验收过程中存在下列情形之一的，不得通过项目终验：

（1）未满足信创技术路线要求的；
（2）未按项目立项批复文件、技术审查意见、招投标文件、合同约定的以及正式变更后的主要技术、效率指标完成建设的；
（3）提供的竣工验收文件材料不真实的；
（4）建设内容、建设目标、技术路线等发生了较大变更……且未按规定程序报批或报批未批准的；
（5）实施过程中出现重大问题，未作出解释和必要说明的，或……存在法律纠纷尚未解决的；
（6）未经档案验收或验收不合格的；
（7）未按规定实现数据共享开放的；
（8）专家组决议不通过的其他原因；
（9）未按规定实现数字资产接入、共建、共享、赋能利用的。

Nothing lifts a veto: rectify and apply again (Art 20). Each is a rule of its own, so that a refusal
names the case.
"""

from govproject import AcceptanceFacts, Finding, Findings, block, rule, warn
from govproject.terms import AcceptanceStage, PreReviewMaterial, Track, Veto

_LISTS = {
    Veto.NO_DATA_SHARING: (PreReviewMaterial.SHARING_LIST, PreReviewMaterial.OPENING_LIST),
    Veto.DIGITAL_ASSETS: (PreReviewMaterial.DIGITAL_ASSET_CATALOGUE,),
}
"""What says which data and assets a project has to share (Art 8)."""


def holds(facts: AcceptanceFacts, veto: Veto) -> bool:
    """Whether the case is given: answered so, or known from what is on record."""
    return facts.vetoes.get(veto) == "found" or _on_record(facts).get(veto, False)


def _on_record(facts: AcceptanceFacts) -> dict[Veto, bool]:
    """What is on record of a case, whatever was answered."""
    votes = facts.votes_in_favour
    return {
        Veto.INDICATORS: bool(facts.indicators_unmet),
        Veto.FALSE_DOCUMENTS: bool(facts.untrue_documents),
        Veto.UNAPPROVED_MAJOR_CHANGE: bool(facts.unapproved_changes),
        Veto.MAJOR_ISSUE_OR_DISPUTE: bool(facts.issues_open),
        Veto.ARCHIVE_NOT_ACCEPTED: not facts.archive_check_passed,
        Veto.EXPERT_RESOLUTION: votes is not None and votes * 2 <= facts.external_experts,
    }


@rule(
    "acceptance",
    article="19",
    clause="(二)16",
    quote="存在下列情形之一的，不得通过项目终验",
)
def veto_list_is_any(facts: AcceptanceFacts) -> Findings:
    """All nine need an answer; silence is not a "no", nor is a "no" that was not looked into.

    Of data and assets it is given in comparison with what the pre-review's lists promise.

    >>> facts = AcceptanceFacts.example(vetoes={"xinchuang": "clear"})
    >>> [len(finding.fact["unanswered"]) for finding in veto_list_is_any(facts)]
    [8]
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    unanswered = [veto for veto in Veto if facts.vetoes.get(veto, "unanswered") == "unanswered"]
    if unanswered:
        yield block(
            "九种不得通过终验的情形须逐项作出结论，尚缺："
            + "；".join(v.zh for v in unanswered)
            + "。",
            remedy="请专家组对每一种情形逐项明确存在或不存在。",
            unanswered=[veto.value for veto in unanswered],
        )
    for veto, lists in _LISTS.items():
        yield from _not_compared(facts, veto, lists)


def _not_compared(
    facts: AcceptanceFacts, veto: Veto, lists: tuple[PreReviewMaterial, ...]
) -> Findings:
    if facts.vetoes.get(veto) != "clear":
        return
    promised = lists if facts.lists_promised is None else facts.lists_promised
    left = [each for each in lists if each in promised and each not in facts.lists_compared]
    names, fact = "、".join(each.zh for each in left), {"lists": [each.value for each in left]}
    if not left:
        return
    if facts.lists_promised is not None:
        yield block(
            f"“{veto.zh}”的结论尚未对照预审时的{names}作出。",
            remedy="请专家组对照核查，并在终验记录的“核查落实情况”中按清单逐项写明。",
            veto=veto.value,
            **fact,
        )
    elif facts.track is Track.FULL_PROCESS:
        yield warn(
            f"没有收到预审时的{names}，不能核对“{veto.zh}”的结论。",
            remedy="请专家组对照项目预审材料核查，并写明落实情况。",
            veto=veto.value,
            **fact,
        )


@rule("acceptance", article="19", clause="(二)（1）", quote="未满足信创技术路线要求的")
def veto_xinchuang(facts: AcceptanceFacts) -> Findings:
    """The Xinchuang technical route is not met.

    >>> veto_xinchuang(AcceptanceFacts.example())
    ()
    """
    yield from _found(facts, Veto.XINCHUANG, "请按信创技术路线要求完成适配改造。")


@rule(
    "acceptance",
    article="19",
    clause="(二)（2）",
    quote="未按项目立项批复文件…主要技术、效率指标完成建设的",
)
def veto_indicators(facts: AcceptanceFacts) -> Findings:
    """Main technical or efficiency indicators are not reached: one is enough, whatever was ticked.

    >>> facts = AcceptanceFacts.example(indicators_unmet=("页面响应时间",))
    >>> [finding.fact["unmet"] for finding in veto_indicators(facts)]
    [['页面响应时间']]
    """
    yield from _found(
        facts,
        Veto.INDICATORS,
        "请按批复、合同及正式变更确定的指标完成建设。",
        unmet=list(facts.indicators_unmet),
    )


@rule("acceptance", article="19", clause="(二)（3）", quote="提供的竣工验收文件材料不真实的")
def veto_false_documents(facts: AcceptanceFacts) -> Findings:
    """Documents handed in for acceptance are untrue: one on record is, until the bureau settles it.

    >>> facts = AcceptanceFacts.example(untrue_documents=("材料不真实（2026-07-20）：测评报告",))
    >>> [finding.fact["untrue"] for finding in veto_false_documents(facts)]
    [['材料不真实（2026-07-20）：测评报告']]
    """
    yield from _found(
        facts,
        Veto.FALSE_DOCUMENTS,
        "请更正并重新提供真实的竣工验收文件材料；已登记为不真实的，由区数据局核实处理。",
        untrue=list(facts.untrue_documents),
    )


@rule(
    "acceptance",
    article="19",
    clause="(二)（4）",
    quote="发生了较大变更…且未按规定程序报批或报批未批准的",
)
def veto_unapproved_major_change(facts: AcceptanceFacts) -> Findings:
    """A major change was not submitted for approval, or not approved, whatever was ticked.

    >>> facts = AcceptanceFacts.example(unapproved_changes=("建设内容变更（2026-05-06报备）",))
    >>> [finding.fact["unapproved"] for finding in veto_unapproved_major_change(facts)]
    [['建设内容变更（2026-05-06报备）']]
    """
    yield from _found(
        facts,
        Veto.UNAPPROVED_MAJOR_CHANGE,
        "请按规定程序就较大变更报批，取得批准；已报备而未经批准的，请区数据局补办批准。",
        unapproved=list(facts.unapproved_changes),
    )


@rule(
    "acceptance",
    article="19",
    clause="(二)（5）",
    quote="实施过程中出现重大问题，未作出解释和必要说明的，或实施过程和结果等存在法律纠纷尚未解决的",
)
def veto_major_issue_or_dispute(facts: AcceptanceFacts) -> Findings:
    """A major issue is unexplained, or a legal dispute is open, whatever was ticked.

    >>> facts = AcceptanceFacts.example(issues_open=("法律纠纷（2026-05-06）：合同款诉讼",))
    >>> [finding.fact["open"] for finding in veto_major_issue_or_dispute(facts)]
    [['法律纠纷（2026-05-06）：合同款诉讼']]
    """
    yield from _found(
        facts,
        Veto.MAJOR_ISSUE_OR_DISPUTE,
        "请对重大问题作出书面说明，并解决法律纠纷。",
        open=list(facts.issues_open),
    )


@rule(
    "acceptance",
    article="19",
    clause="(二)（5）",
    quote="实施过程中出现重大问题，未作出解释和必要说明的",
)
def major_issues_explained(facts: AcceptanceFacts) -> Findings:
    """A major issue that is explained and not settled is for the experts to judge.

    >>> facts = AcceptanceFacts.example(issues_explained=("重大问题（2026-05-06）：数据丢失",))
    >>> [finding.severity for finding in major_issues_explained(facts)]
    ['warn']
    """
    if facts.stage is AcceptanceStage.FINAL and facts.issues_explained:
        yield warn(
            f"有{len(facts.issues_explained)}项重大问题已作说明、尚未解决："
            f"{'；'.join(facts.issues_explained)}。",
            remedy="请专家组在终验时逐项核实说明是否充分。",
            explained=list(facts.issues_explained),
        )


@rule("acceptance", article="19", clause="(二)（6）", quote="未经档案验收或验收不合格的")
def veto_archive_not_accepted(facts: AcceptanceFacts) -> Findings:
    """The archive check is missing, failed or does not cover what is due, whatever was ticked.

    >>> facts = AcceptanceFacts.example(archive_check_passed=False)
    >>> [finding.fact["archive_check_passed"] for finding in veto_archive_not_accepted(facts)]
    [False]
    """
    yield from _found(
        facts,
        Veto.ARCHIVE_NOT_ACCEPTED,
        "请完成已到归档时点的各类文件的移交归档，并通过档案验收。",
        archive_check_passed=facts.archive_check_passed,
    )


@rule("acceptance", article="19", clause="(二)（7）", quote="未按规定实现数据共享开放的")
def veto_no_data_sharing(facts: AcceptanceFacts) -> Findings:
    """Data are not shared and opened as laid down.

    >>> veto_no_data_sharing(AcceptanceFacts.example())
    ()
    """
    yield from _found(facts, Veto.NO_DATA_SHARING, "请按共享、开放清单落实数据共享开放。")


@rule("acceptance", article="19", clause="(二)（8）", quote="专家组决议不通过的其他原因")
def veto_expert_resolution(facts: AcceptanceFacts) -> Findings:
    """The experts resolve not to pass: they say so, or no majority of them votes for it.

    >>> facts = AcceptanceFacts.example(external_experts=5, votes_in_favour=2)
    >>> [finding.fact["votes_in_favour"] for finding in veto_expert_resolution(facts)]
    [2]
    """
    yield from _found(
        facts,
        Veto.EXPERT_RESOLUTION,
        "请按专家组决议整改。",
        votes_in_favour=facts.votes_in_favour,
        external_experts=facts.external_experts,
    )


@rule("acceptance", article="19", clause="(二)（8）", quote="专家组决议不通过的其他原因")
def expert_resolution_on_file(facts: AcceptanceFacts) -> Findings:
    """A resolution not to pass is written, with its count of votes.

    >>> facts = AcceptanceFacts.example(external_experts=5, votes_in_favour=2)
    >>> [finding.severity for finding in expert_resolution_on_file(facts)]
    ['block']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.resolution_on_file:
        return
    if holds(facts, Veto.EXPERT_RESOLUTION):
        yield block(
            "专家组决议不通过，未附载明表决票数的书面决议。",
            remedy="请由专家组出具书面决议，载明不通过的原因和赞成、不赞成的票数，"
            "上传后再登记终验会。",
            votes_in_favour=facts.votes_in_favour,
            external_experts=facts.external_experts,
        )


@rule(
    "acceptance",
    article="19",
    clause="(二)（9）",
    quote="未按规定实现数字资产接入、共建、共享、赋能利用的",
)
def veto_digital_assets(facts: AcceptanceFacts) -> Findings:
    """Digital assets are not connected, built together, shared and used as laid down.

    >>> veto_digital_assets(AcceptanceFacts.example())
    ()
    """
    yield from _found(
        facts, Veto.DIGITAL_ASSETS, "请按数字资产目录落实接入、共建、共享和赋能利用。"
    )


def _found(facts: AcceptanceFacts, veto: Veto, remedy: str, **fact: object) -> Findings:
    if facts.stage is AcceptanceStage.FINAL and holds(facts, veto):
        yield _veto(veto, remedy, fact)


def _veto(veto: Veto, remedy: str, fact: dict[str, object]) -> Finding:
    return block(
        f"存在不得通过终验的情形：{veto.zh}。",
        remedy=remedy + "整改完成后重新申请终验（第20条）。",
        veto=veto.value,
        **fact,
    )
