import pytest

from govproject.terms import Veto
from govproject_acceptance.rules import article_19_indicators as article

CLEAR = dict.fromkeys(Veto, "clear")
LEFT = {"indicators_unanswered": ("并发用户数",)}


@pytest.mark.parametrize("stage", ["preliminary", "final"])
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"indicators": 0}, ["block"]),
        ({"indicators": 0, "track": "filing"}, ["warn"]),
        ({"indicators": 1}, []),
        # A meeting of an older build, which asked for none.
        ({"indicators": None}, []),
    ],
)
def test_indicators_on_record(severities, stage, facts, expected):
    assert severities(article.indicators_on_record, stage=stage, **facts) == expected


@pytest.mark.parametrize("stage", ["kick_off", "completion", "trial", "lot"])
def test_other_steps_need_none(severities, stage):
    assert severities(article.indicators_on_record, stage=stage, indicators=0) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        (LEFT, ["block"]),
        ({**LEFT, "stage": "preliminary"}, []),
        # Whoever finds the case given needs no list, and silence is asked for elsewhere.
        ({**LEFT, "vetoes": {**CLEAR, Veto.INDICATORS: "found"}}, []),
        ({**LEFT, "vetoes": {}}, []),
    ],
)
def test_indicators_judged(severities, facts, expected):
    assert severities(article.indicators_judged, **facts) == expected


def test_each_that_is_left_is_named(findings):
    (finding,) = findings(article.indicators_judged, indicators_unanswered=("一", "二"))
    assert finding.message == "主要技术、效率指标尚有2项未逐项认定：一、二。"
    assert finding.fact == {"unanswered": ["一", "二"]}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"indicators_after_failed_on": "2026-08-03"}, ["warn"]),
        ({"indicators_after_failed_on": "2026-08-03", "stage": "preliminary"}, []),
    ],
)
def test_indicators_before_failed_final(severities, facts, expected):
    assert severities(article.indicators_before_failed_final, **facts) == expected
