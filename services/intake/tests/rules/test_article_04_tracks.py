from decimal import Decimal

import pytest

from govproject import DeclarationFacts
from govproject.regulation.pack import pack
from govproject.terms import Track
from govproject_intake.rules.article_04_tracks import filing_lt_100, track_after_change

PACK = pack("tinghu-2025")


def found(budget: str, *siblings: str):
    facts = DeclarationFacts.example(budget_yuan=budget, sibling_budgets_yuan=siblings)
    return filing_lt_100(facts, PACK)


@pytest.mark.parametrize(
    ("budget", "siblings"),
    [
        ("999999.99", []),
        ("600000", ["399999.99"]),
        ("0.01", ["999999.98"]),
        # On the full-process track by itself: nothing was split off.
        ("1000000", ["900000"]),
        ("1000000.01", ["999999.99", "999999.99"]),
    ],
)
def test_nothing_to_point_out(budget, siblings):
    assert found(budget, *siblings) == ()


@pytest.mark.parametrize(
    ("budget", "siblings", "total"),
    [
        ("600000", ["400000"], "1000000.00"),
        ("0.01", ["999999.99"], "1000000.00"),
        ("600000", ["200000", "200000.01"], "1000000.01"),
        ("999999.99", ["999999.99"], "1999999.98"),
    ],
)
def test_projects_that_together_reach_the_boundary_are_pointed_out_not_refused(
    budget, siblings, total
):
    (finding,) = found(budget, *siblings)
    assert (finding.rule, finding.article, finding.severity) == ("filing_lt_100", "4", "warn")
    assert finding.fact == {"total_yuan": total}


def test_the_boundary_is_the_packs():
    higher = PACK.model_copy(update={"full_process_from_yuan": Decimal(2000000)})
    facts = DeclarationFacts.example(budget_yuan="600000", sibling_budgets_yuan=["400000"])
    assert filing_lt_100(facts, higher) == ()


@pytest.mark.parametrize(
    ("before", "amount", "begun", "after"),
    [
        ("full_process", "999999.99", True, "full_process"),
        ("full_process", "999999.99", False, "filing"),
        ("full_process", "1000000", False, "full_process"),
        ("filing", "1000000", True, "full_process"),
        ("filing", "999999.99", True, "filing"),
    ],
)
def test_the_track_after_a_change(before, amount, begun, after):
    assert track_after_change(Track(before), Decimal(amount), begun, PACK) == after
