from datetime import date

import pytest

from govproject_acceptance.rules.article_33_outsourcing import (
    outsourcing_risk,
    outsourcing_security_rules,
)

RULES = {"outsourcing_rules": "外包网络安全管理制度.docx"}
ASSESSED = {"outsourcing_assessed_on": date(2026, 7, 1)}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"outsourced": False}, []),
        ({"outsourced": True}, ["block"]),
        ({"outsourced": True, **RULES}, []),
        ({"outsourced": True, **ASSESSED}, ["block"]),
    ],
)
def test_outsourcing_security_rules(severities, facts, found):
    assert severities(outsourcing_security_rules, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"outsourced": False}, []),
        ({"outsourced": True}, ["block"]),
        ({"outsourced": True, **RULES}, ["block"]),
        ({"outsourced": True, **ASSESSED}, []),
    ],
)
def test_outsourcing_risk(severities, facts, found):
    assert severities(outsourcing_risk, **facts) == found
