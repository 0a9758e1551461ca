from datetime import date

import pytest

from govproject.regulation.pack import pack
from govproject.regulation.periods import DueOn
from govproject.regulation.text import quotes
from govproject.terms import SelfEvaluationPart
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_21_self_evaluation import (
    self_evaluation_12_months,
    self_evaluation_content,
    self_evaluation_report,
)

PACK = pack("tinghu-2025")


@pytest.mark.parametrize(
    ("passed_on", "in_operation_on", "due"),
    [
        (date(2025, 8, 4), date(2025, 8, 4), DueOn(date(2026, 8, 4), provisional=False)),
        # The later of the two starts it.
        (date(2025, 8, 4), date(2025, 9, 1), DueOn(date(2026, 9, 1), provisional=False)),
        (date(2025, 8, 4), date(2025, 5, 1), DueOn(date(2026, 8, 4), provisional=False)),
        # Labour Day 2026: the next working day.
        (date(2025, 5, 1), date(2025, 5, 1), DueOn(date(2026, 5, 6), provisional=False)),
        (date(2026, 8, 3), date(2026, 8, 3), DueOn(date(2027, 8, 3), provisional=True)),
        (date(2024, 2, 29), date(2024, 2, 29), DueOn(date(2025, 2, 28), provisional=False)),
    ],
)
def test_self_evaluation_12_months(passed_on, in_operation_on, due):
    accepted = Accepted.example(passed_on, in_operation_on=in_operation_on)
    assert self_evaluation_12_months(accepted, PACK).due() == due


def test_it_cites_its_clause():
    duty = self_evaluation_12_months(Accepted.example(date(2026, 8, 3)), PACK)
    assert duty.rule == self_evaluation_12_months.__name__
    assert quotes(duty.citation.article, duty.citation.quote)


@pytest.mark.parametrize("part", SelfEvaluationPart)
def test_every_part_must_be_there(findings, part):
    others = tuple(other for other in SelfEvaluationPart if other is not part)
    (finding,) = findings(self_evaluation_content, part="self", self_evaluation=others)
    assert (finding.severity, finding.fact) == ("block", {"missing": [part.value]})
    assert part.zh in finding.message


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"part": "self"}, []),
        ({"part": "self", "self_evaluation": ()}, ["block"]),
        ({"part": "finance", "self_evaluation": ()}, []),
    ],
)
def test_self_evaluation_content(severities, facts, found):
    assert severities(self_evaluation_content, **facts) == found


@pytest.mark.parametrize(
    ("part", "report", "found"),
    [("self", True, []), ("self", False, ["block"]), ("finance", False, [])],
)
def test_self_evaluation_report(severities, part, report, found):
    facts = {"part": part, "self_evaluation_report": report}
    assert severities(self_evaluation_report, **facts) == found
