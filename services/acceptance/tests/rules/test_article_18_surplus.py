from datetime import date
from decimal import Decimal

import pytest

from govproject.regulation.pack import pack
from govproject.regulation.text import quotes
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_18_surplus import (
    return_surplus,
    surplus_after_changed_content,
)

PACK = pack("tinghu-2025")


def accepted(**changes: object) -> Accepted:
    return Accepted.example(date(2026, 8, 3), **changes)


@pytest.mark.parametrize(
    ("surplus", "content_changed", "opens"),
    [("0", False, False), ("0.01", False, True), ("500", True, False), ("0", True, False)],
)
def test_a_surplus_is_returned_unless_the_content_changed(surplus, content_changed, opens):
    duty = return_surplus(
        accepted(surplus_yuan=Decimal(surplus), content_changed=content_changed), PACK
    )
    assert (duty is not None) is opens


def test_the_amount_is_named_and_no_day():
    duty = return_surplus(accepted(surplus_yuan=Decimal("12345.67")), PACK)
    assert duty is not None
    assert duty.rule == return_surplus.__name__
    assert duty.due() is None
    assert "12345.67元" in duty.task
    assert quotes(duty.citation.article, duty.citation.quote)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, ["warn"]),
        ({"settled_yuan": "1199999.99"}, ["warn"]),
        ({"settled_yuan": "1200000.00"}, []),
        ({"settled_yuan": None}, []),
        ({"content_changed": False}, []),
        ({"stage": "preliminary"}, []),
    ],
)
def test_what_is_left_after_a_change_of_content_is_shown(severities, facts, found):
    said = {"content_changed": True, "funds_yuan": "1200000.00", "settled_yuan": "1100000.00"}
    assert severities(surplus_after_changed_content, **said | facts) == found
