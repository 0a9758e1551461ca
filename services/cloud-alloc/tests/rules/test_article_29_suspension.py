from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_29_suspension import suspend_resources


def test_no_order_in_sight():
    assert suspend_resources(AllocationFacts.example()) == ()


def test_a_proposed_suspension_is_pointed_out_and_refuses_nothing():
    (finding,) = suspend_resources(AllocationFacts.example(rectification_failed=True))
    assert (finding.rule, finding.article, finding.severity) == ("suspend_resources", "29", "warn")


def test_a_confirmed_suspension_refuses_and_is_told_once():
    facts = AllocationFacts.example(suspended_by="0198c0de", rectification_failed=True)
    (finding,) = suspend_resources(facts)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "suspend_resources",
        "29",
        "block",
        "none",
    )
    assert finding.fact == {"suspension_order": "0198c0de"}
