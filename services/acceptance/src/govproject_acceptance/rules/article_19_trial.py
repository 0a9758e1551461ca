"""第19条（一）……项目初验通过后，应根据项目实际需要进行项目试运行（试运行时间不少于3个月不超过6个月），

项目单位需委托具有相应资质的专业机构对项目质量和网络安全等级进行测评，并出具项目第三方测评报告，作为项目
终验的依据。

Months are calendar months (民法典第202条); both ends are included (不少于/不超过).
"""

from datetime import date

from govproject import AcceptanceFacts, Citation, Findings, RulePack, block, rule, warn
from govproject.regulation.duty import Duty
from govproject.regulation.periods import Period, add_months
from govproject.terms import AcceptanceStage, ReportSubject
from govproject_acceptance.rules.requirements import is_small, judged_on, needs_trial, on_need

LIMIT = Citation("19", "(一)3", "试运行时间不少于3个月不超过6个月")


def end_trial_in_time(started_on: date, pack: RulePack) -> Duty:
    """A running trial has a last day, which does not move off a day off: it runs on such days.

    >>> from govproject.regulation.pack import pack
    >>> end_trial_in_time(date(2026, 4, 1), pack("tinghu-2025")).due().day  # a holiday
    datetime.date(2026, 10, 1)
    """
    return Duty(
        trial_period_3_to_6_months.__name__,
        LIMIT,
        f"{started_on.isoformat()}开始的试运行不超过{pack.trial_max_months}个月，按期结束并登记",
        period=Period.of_months(started_on, pack.trial_max_months, rolls=False),
    )


@rule(
    "acceptance",
    article="19",
    clause="(一)3",
    quote="应根据项目实际需要进行项目试运行（试运行时间不少于3个月不超过6个月）",
)
def trial_period_3_to_6_months(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Too short refuses; too long needs a reason, as does going without.

    A trial that nobody has to hold is no worse than none: too short, it is pointed out.

    >>> from datetime import date
    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(trial_ended_on=date(2026, 6, 30))
    >>> [finding.fact["earliest_end"] for finding in trial_period_3_to_6_months(
    ...     facts, pack("tinghu-2025")
    ... )]
    ['2026-07-01']
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    started_on, ended_on = facts.trial_started_on, facts.trial_ended_on
    if started_on is None:
        if facts.trial_waiver is not None and not on_need(facts, pack):
            yield warn(
                f"项目未进行试运行：{facts.trial_waiver}",
                remedy="请在终验时核实该理由。",
                reason=facts.trial_waiver,
            )
        return
    earliest_end = add_months(started_on, pack.trial_min_months)
    latest_end = add_months(started_on, pack.trial_max_months)
    if ended_on is not None and ended_on < earliest_end:
        finding = block if needs_trial(facts, pack) else warn
        yield finding(
            f"试运行不足{pack.trial_min_months}个月：{started_on.isoformat()}开始，"
            f"最早应于{earliest_end.isoformat()}结束。",
            remedy="请继续或重新试运行，期满后再组织终验。",
            trial_started_on=started_on.isoformat(),
            trial_ended_on=ended_on.isoformat(),
            earliest_end=earliest_end.isoformat(),
        )
    until = ended_on or judged_on(facts)
    if until > latest_end:
        finding = block if facts.trial_overrun_reason is None else warn
        yield finding(
            f"试运行超过{pack.trial_max_months}个月：最迟应于{latest_end.isoformat()}结束"
            + (f"。超期原因：{facts.trial_overrun_reason}" if facts.trial_overrun_reason else "。"),
            remedy="请说明试运行超期的原因。"
            if facts.trial_overrun_reason is None
            else "请在终验时核实超期原因。",
            trial_started_on=started_on.isoformat(),
            until=until.isoformat(),
            latest_end=latest_end.isoformat(),
        )


@rule(
    "acceptance",
    article="19",
    clause="(一)4",
    quote="委托具有相应资质的专业机构对项目质量和网络安全等级进行测评，并出具项目第三方测评报告",
)
def third_party_test_report(facts: AcceptanceFacts, pack: RulePack) -> Findings:
    """Quality and MLPS, in one report or two; below 100万 it is recommended.

    The report belongs to the trial, so a service project that needs no trial is only reminded.

    >>> from govproject.regulation.pack import pack
    >>> facts = AcceptanceFacts.example(test_report_covers=("quality",))
    >>> [finding.fact["missing"] for finding in third_party_test_report(
    ...     facts, pack("tinghu-2025")
    ... )]
    [['mlps']]
    """
    if facts.stage is not AcceptanceStage.FINAL:
        return
    covered = () if facts.test_report is None else facts.test_report_covers
    missing = [subject for subject in ReportSubject if subject not in covered]
    if not missing:
        return
    without_trial = on_need(facts, pack) and facts.trial_waiver is not None
    finding = warn if is_small(facts, pack) or without_trial else block
    early, own = "、".join(facts.early_reports), "、".join(facts.own_reports)
    unseen = "、".join(facts.reports_without_file)
    yield finding(
        f"缺少第三方测评报告：{'、'.join(subject.zh for subject in missing)}测评。"
        + (f"{early}早于{facts.earliest_on}，当时项目尚不能实施，不计入。" if early else "")
        + (f"{own}由项目单位、承建或监理单位出具，不属于第三方，不计入。" if own else "")
        + (f"{unseen}未附测评报告文件，不计入。" if unseen else ""),
        remedy="请委托项目单位、承建和监理单位以外、具有相应资质的专业机构测评，并登记测评报告、"
        "上传报告文件、写明测评内容；已登记而未附文件的，请以同一编号连同文件再次登记。",
        test_report=facts.test_report,
        early=list(facts.early_reports),
        own=list(facts.own_reports),
        without_file=list(facts.reports_without_file),
        missing=[subject.value for subject in missing],
    )
