import pytest

from govproject import ContractFacts, DeclarationFacts
from govproject.regulation.pack import pack
from govproject.terms import MaintenanceItem, ProjectKind
from govproject_intake.rules.article_31_free_operations import (
    free_ops_in_contract,
    free_ops_min_2_years,
    ops_during_free_maintenance,
    service_builds_nothing,
)

PACK = pack("tinghu-2025")
ALL = dict.fromkeys(MaintenanceItem, "第5页")
BUILT = [ProjectKind.NEW, ProjectKind.RENEWAL, ProjectKind.UPGRADE]
SERVED = [ProjectKind.OPS, ProjectKind.SERVICE]


@pytest.mark.parametrize("kind", BUILT)
@pytest.mark.parametrize("item", list(MaintenanceItem))
def test_a_construction_contract_settles_three_things(kind, item):
    assert free_ops_in_contract(ContractFacts.example(kind=kind)) == ()
    maintenance = {key: page for key, page in ALL.items() if key is not item}
    facts = ContractFacts.example(kind=kind, maintenance=maintenance)
    (finding,) = free_ops_in_contract(facts)
    assert (finding.rule, finding.article, finding.severity) == (
        "free_ops_in_contract",
        "31",
        "block",
    )
    assert finding.fact == {"missing": [item.value]}


@pytest.mark.parametrize("kind", SERVED)
def test_of_what_is_served_nothing_is_asked(kind):
    facts = ContractFacts.example(kind=kind, maintenance={}, free_ops_months=0)
    assert free_ops_in_contract(facts) == ()
    assert free_ops_min_2_years(facts, PACK) == ()


@pytest.mark.parametrize("months", [24, 25, 240])
def test_two_years_or_longer(months):
    assert free_ops_min_2_years(ContractFacts.example(free_ops_months=months), PACK) == ()


@pytest.mark.parametrize("kind", BUILT)
@pytest.mark.parametrize("months", [0, 12, 23])
def test_shorter_than_two_years(kind, months):
    facts = ContractFacts.example(kind=kind, free_ops_months=months)
    (finding,) = free_ops_min_2_years(facts, PACK)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "free_ops_min_2_years",
        "31",
        "block",
        "none",
    )
    assert finding.fact == {"free_ops_months": months, "least_months": 24}


def test_the_minimum_is_the_packs():
    shorter = PACK.model_copy(update={"free_ops_min_months": 12})
    assert free_ops_min_2_years(ContractFacts.example(free_ops_months=12), shorter) == ()


def _operation(*until: str | None, kind: str = "ops") -> DeclarationFacts:
    related = [{"project_name": "智慧校园", "free_until": day} for day in until]
    return DeclarationFacts.example(kind=kind, plan_year=2027, related=related)


@pytest.mark.parametrize("until", ["2027-01-01", "2027-12-31", "2028-08-01"])
def test_operation_within_free_maintenance_is_pointed_out(until):
    (finding,) = ops_during_free_maintenance(_operation(None, "2026-12-31", until))
    assert (finding.rule, finding.article, finding.severity) == (
        "ops_during_free_maintenance",
        "31",
        "warn",
    )
    assert finding.fact == {"project_name": "智慧校园", "free_until": until}


@pytest.mark.parametrize(
    "facts",
    [
        _operation(),
        _operation(None),
        _operation("2026-12-31"),
        _operation("2028-08-01", kind="upgrade"),
        _operation("2028-08-01", kind="service"),
    ],
)
def test_nothing_to_point_out(facts):
    assert ops_during_free_maintenance(facts) == ()


@pytest.mark.parametrize("subject", ["supervision", "test", "goods", "service"])
def test_of_contracts_that_build_nothing_no_maintenance_is_asked(subject):
    facts = ContractFacts.example(subject=subject, maintenance={}, free_ops_months=0)
    assert free_ops_in_contract(facts) == ()
    assert free_ops_min_2_years(facts, PACK) == ()


FILED = {"track": "filing", "approval_number": None, "approved_on": None}


@pytest.mark.parametrize(
    ("given", "severities"),
    [
        ({"amount_yuan": "240000.00"}, []),
        ({"amount_yuan": "240000.01"}, ["block"]),
        ({"amount_yuan": "0.01", "services_yuan": "240000"}, ["block"]),
        ({"service_note": "云资源租用"}, ["warn"]),
        ({"subject": "construction"}, []),
        ({"subject": "goods"}, []),
        ({"subject": "supervision"}, []),
        ({"kind": "ops"}, []),
        ({"kind": "service"}, []),
        ({"kind": "upgrade"}, ["block"]),
        ({"approval_number": None}, []),
        ({"approved_yuan": None}, []),
        ({"accepted_on": "2026-07-31"}, []),
        (FILED, []),
        (FILED | {"internal_review_on": "2026-07-01"}, ["block"]),
    ],
)
def test_services_beyond_a_share_say_why_they_build_nothing(given, severities):
    facts = ContractFacts.example(**{"subject": "service"} | given)
    found = service_builds_nothing(facts, PACK)
    assert [finding.severity for finding in found] == severities
    assert all((each.article, each.relief) == ("31", "none") for each in found)
    assert all("登记为建设合同" in each.remedy for each in found)


def test_the_share_of_services_is_the_packs():
    half = PACK.model_copy(update={"preparing_max_percent": 50})
    facts = ContractFacts.example(subject="service", amount_yuan="600000")
    assert service_builds_nothing(facts, half) == ()
    assert len(service_builds_nothing(facts, PACK)) == 1
