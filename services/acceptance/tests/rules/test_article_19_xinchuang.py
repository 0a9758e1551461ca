import pytest

from govproject.terms import Veto
from govproject_acceptance.rules.article_19_xinchuang import xinchuang_compared

FOUND = {**dict.fromkeys(Veto, "clear"), Veto.XINCHUANG: "found"}
NOT = {"xinchuang_compared": False}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        (NOT, ["block"]),
        ({**NOT, "xinchuang_verdict": "pass_with_conditions"}, ["block"]),
        ({**NOT, "xinchuang_verdict": None}, ["warn"]),
        ({**NOT, "xinchuang_verdict": None, "track": "filing"}, []),
        ({"xinchuang_verdict": None}, []),
        # Whoever finds the case given needs no comparison, and silence is asked for elsewhere.
        ({**NOT, "vetoes": FOUND}, []),
        ({**NOT, "vetoes": {}}, []),
        ({**NOT, "stage": "preliminary"}, []),
    ],
)
def test_xinchuang_compared(severities, facts, expected):
    assert severities(xinchuang_compared, **facts) == expected


def test_the_conditions_are_shown(findings):
    said = {"xinchuang_verdict": "pass_with_conditions", "xinchuang_opinion": "须更换数据库"}
    (finding,) = findings(xinchuang_compared, **NOT, **said)
    assert "附条件通过：须更换数据库" in finding.message
