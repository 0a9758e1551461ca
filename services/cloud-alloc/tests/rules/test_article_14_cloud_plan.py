import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_14_cloud_plan import impl_cloud_deploy_plan

FULL = {"track": "full_process"}
FILING = {"track": "filing", "approval_number": None}


@pytest.mark.parametrize(
    "facts",
    [
        FULL,
        FILING,
        FULL | {"planned": {}},
        # The plan comes with the approval, which another article asks for.
        FULL | {"planned": None, "approval_number": None},
        {"planned": None, "approval_number": None, "track": None},
    ],
)
def test_a_plan_is_there_or_not_due(facts):
    assert impl_cloud_deploy_plan(AllocationFacts.example(**facts)) == ()


@pytest.mark.parametrize(
    "facts",
    [
        FULL,
        {"track": None},
        FILING | {"filing_status": "none"},
        FILING | {"filing_status": "submitted"},
        FILING | {"filing_status": "accepted"},
        FILING | {"filing_status": "irregular"},
    ],
)
def test_a_plan_is_due_and_missing(facts):
    (finding,) = impl_cloud_deploy_plan(AllocationFacts.example(**facts, planned=None))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "impl_cloud_deploy_plan",
        "14",
        "block",
        "none",
    )
