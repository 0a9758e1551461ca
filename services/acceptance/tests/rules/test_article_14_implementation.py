import pytest

from govproject.terms import ImplementationPlan
from govproject_acceptance.rules.article_14_implementation import (
    impl_acceptance_plan,
    impl_cloud_deploy_plan,
    impl_crypto_plan,
    impl_mlps_plan,
    impl_pm_rules,
    impl_quality_plan,
    impl_staffing_plan,
    impl_trial_plan,
)

RULES = {
    ImplementationPlan.CLOUD: impl_cloud_deploy_plan,
    ImplementationPlan.MLPS: impl_mlps_plan,
    ImplementationPlan.CRYPTO: impl_crypto_plan,
    ImplementationPlan.QUALITY: impl_quality_plan,
    ImplementationPlan.STAFFING: impl_staffing_plan,
    ImplementationPlan.MANAGEMENT_RULES: impl_pm_rules,
    ImplementationPlan.TRIAL: impl_trial_plan,
    ImplementationPlan.ACCEPTANCE: impl_acceptance_plan,
}


def test_every_plan_has_its_rule():
    assert set(RULES) == set(ImplementationPlan)


@pytest.mark.parametrize(("plan", "rule"), RULES.items())
@pytest.mark.parametrize(
    ("stage", "found"),
    [
        ("kick_off", ["warn"]),
        ("preliminary", []),
        ("trial", []),
        ("lot", []),
        ("final", ["block"]),
    ],
)
@pytest.mark.parametrize("track", ["full_process", "filing"])
def test_what_is_missing_is_shown_first_and_refused_last(
    severities, plan, rule, stage, found, track
):
    others = tuple(other for other in ImplementationPlan if other is not plan)
    facts = {"stage": stage, "track": track}
    assert severities(rule, **facts, plans=others) == found
    assert severities(rule, **facts, plans=(plan,)) == []


@pytest.mark.parametrize(("plan", "rule"), RULES.items())
@pytest.mark.parametrize(("stage", "severity"), [("kick_off", "warn"), ("final", "warn")])
def test_what_does_not_fit_is_left_out_with_its_reason(findings, plan, rule, stage, severity):
    (finding,) = findings(rule, stage=stage, plans=(), plans_not_applicable={plan: "不新建系统"})
    assert finding.severity == severity
    assert "不新建系统" in finding.message
    assert plan.zh in finding.message


@pytest.mark.parametrize(
    ("stage", "then"),
    [
        ("kick_off", "。启动可以继续，最迟在终验前补齐。"),
        ("final", "，然后重新办理终验。"),
    ],
)
def test_the_remedy_is_that_of_the_stage(findings, stage, then):
    (finding,) = findings(impl_trial_plan, stage=stage, plans=())
    zh = ImplementationPlan.TRIAL.zh
    assert finding.remedy == f"请上传{zh}；确不适用的，请登记不适用的理由{then}"


@pytest.mark.parametrize(("plan", "rule"), RULES.items())
def test_the_plan_is_quoted_and_named(findings, plan, rule):
    (finding,) = findings(rule, plans=())
    assert finding.quote == plan.zh
    assert finding.message == f"实施材料缺少{plan.zh}。"
