import pytest

from govproject.terms import AcceptanceStage, FilingCondition
from govproject_acceptance.rules.article_26_filing import no_building_in_an_excluded_case


@pytest.mark.parametrize("stage", AcceptanceStage)
@pytest.mark.parametrize(
    ("track", "excluded", "found"),
    [
        ("filing", (), []),
        ("filing", None, ["warn"]),
        *(("filing", (condition,), ["block"]) for condition in FilingCondition),
        ("filing", tuple(FilingCondition), ["block"]),
        ("full_process", tuple(FilingCondition), []),
        ("full_process", None, []),
    ],
)
def test_no_building_in_an_excluded_case(severities, stage, track, excluded, found):
    facts = {"stage": stage, "track": track, "excluded": excluded}
    assert severities(no_building_in_an_excluded_case, **facts) == found


def test_each_condition_and_the_step_are_named(findings):
    facts = {"stage": "kick_off", "track": "filing", "excluded": ("duplicate", "security")}
    (finding,) = findings(no_building_in_an_excluded_case, **facts)
    for words in ("重复建设", "网络和数据安全", "实施启动"):
        assert words in finding.message
    assert "例外" in finding.remedy
