from decimal import Decimal

import pytest

from govproject import ChangeFacts, DeclarationFacts, FilingFacts
from govproject.regulation.pack import pack
from govproject.terms import Track
from govproject_intake.rules.article_04_tracks import (
    changes_add_up_to_full_process,
    filing_lt_100,
    filings_add_up_to_full_process,
    track_after_change,
)

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


@pytest.mark.parametrize(
    ("namesakes", "warned"),
    [(["249999.99"], 0), (["250000"], 1), (["100000", "150000"], 1), ([], 0)],
)
def test_so_are_those_of_one_name_in_another_year(namesakes, warned):
    facts = DeclarationFacts.example(budget_yuan="750000", namesake_budgets_yuan=namesakes)
    found = filing_lt_100(facts, PACK)
    assert [f.fact for f in found] == [{"total_yuan": "1000000.00"}] * warned
    # Told once, also where they are of one year.
    both = facts.model_copy(update={"sibling_budgets_yuan": (Decimal(900000),)})
    assert len(filing_lt_100(both, PACK)) == 1


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, 1),
        ({"sibling_budgets_yuan": [], "namesake_budgets_yuan": ["100000.01"]}, 1),
        ({"sibling_budgets_yuan": ["100000"]}, 0),
        ({"sibling_budgets_yuan": []}, 0),
        ({"track": "full_process"}, 0),
        # On the full track by itself, nothing is split off.
        ({"new_amount_yuan": "1000000"}, 0),
        ({"amount_yuan": "899999.99"}, 0),
        ({"amount_yuan": "900000"}, 0),
        ({"new_amount_yuan": None}, 0),
    ],
)
def test_changes_add_up_to_full_process(changes, warned):
    grown = {
        "track": "filing",
        "amount_yuan": "100000",
        "new_amount_yuan": "899999.99",
        "sibling_budgets_yuan": ["50000", "50000.01"],
    }
    found = changes_add_up_to_full_process(ChangeFacts.example(**grown | changes), PACK)
    assert [(f.article, f.severity) for f in found] == [("4", "warn")] * warned


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, 1),
        ({"amount_yuan": "599999.99"}, 0),
        ({"sibling_budgets_yuan": [], "namesake_budgets_yuan": ["400000"]}, 1),
        ({"sibling_budgets_yuan": []}, 0),
        ({"amount_yuan": "1000000", "track": "full_process"}, 0),
    ],
)
def test_filings_that_add_up_are_pointed_out_to_the_bureau(changes, warned):
    facts = {"amount_yuan": "600000", "sibling_budgets_yuan": ["400000"]} | changes
    found = filings_add_up_to_full_process(FilingFacts.example(**facts), PACK)
    assert [(f.article, f.severity) for f in found] == [("4", "warn")] * warned


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
