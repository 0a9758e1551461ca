from decimal import Decimal

import pytest

from govproject import MaterialsFacts
from govproject_review.rules.article_32_security import security_funds


@pytest.mark.parametrize(
    ("costs", "warns"),
    [
        ({}, False),
        ({"network_security_cost": Decimal("0.01")}, False),
        ({"network_security_cost": Decimal(0)}, True),
        ({"contingency": Decimal(0)}, False),
    ],
)
def test_security_funds(finds, costs, warns):
    found = finds(security_funds, MaterialsFacts.example(costs_yuan=costs))
    assert [(f.severity, f.relief) for f in found] == [("warn", "none")] * warns
