from datetime import date

import pytest

from govproject.regulation.pack import pack
from govproject.regulation.text import quotes
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_30_operation import (
    operation_in_order,
    operation_rules,
    owner_responsible,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"operator": None}, ["block"]),
        ({"user_unit": None}, ["block"]),
        ({"operator": None, "user_unit": None}, ["block"]),
        ({"operator": "区教育局", "user_unit": "区教育局"}, []),
    ],
)
def test_owner_responsible(severities, facts, found):
    assert severities(owner_responsible, **facts) == found


@pytest.mark.parametrize(("rules", "found"), [(None, ["block"]), ("制度.docx", [])])
def test_operation_rules(severities, rules, found):
    assert severities(operation_rules, operation_rules=rules) == found


@pytest.mark.parametrize("kind", ["new", "ops", "service"])
def test_operation_in_order_follows_from_acceptance(kind):
    accepted = Accepted.example(date(2026, 8, 3), kind=kind)
    duty = operation_in_order(accepted, pack("tinghu-2025"))
    assert (duty.rule, duty.due()) == (owner_responsible.__name__, None)
    assert quotes(duty.citation.article, duty.citation.quote)
