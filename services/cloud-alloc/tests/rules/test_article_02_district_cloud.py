from datetime import date

import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_02_district_cloud import (
    move_as_planned,
    new_system_on_district_cloud,
)


@pytest.mark.parametrize(
    "planned_on",
    # A holiday, a Saturday, and a year without a calendar: people planned that day.
    [date(2026, 10, 1), date(2026, 8, 8), date(2031, 1, 1)],
)
def test_a_move_is_due_on_the_day_that_is_planned(planned_on):
    duty = move_as_planned("学籍管理系统", planned_on)
    assert (duty.rule, duty.due()) == ("existing_system_migrate", (planned_on, False))
    assert (duty.citation.article, duty.citation.clause) == ("2", "3")
    assert "学籍管理系统" in duty.task


@pytest.mark.parametrize(
    "facts",
    [
        {"deployment_target": "district_cloud"},
        {"deployment_target": "national_standalone", "standalone_basis": "国办发〔2019〕57号"},
        # No system is built, so there is nothing to deploy.
        {"builds_system": False, "deployment_target": "none"},
        {"builds_system": False, "deployment_target": "elsewhere"},
    ],
)
def test_a_system_in_its_place(facts):
    assert new_system_on_district_cloud(AllocationFacts.example(**facts)) == ()


@pytest.mark.parametrize(
    ("target", "basis"),
    [
        ("elsewhere", None),
        ("elsewhere", "国办发〔2019〕57号"),
        ("none", None),
        ("national_standalone", None),
        ("national_standalone", ""),
    ],
)
def test_a_system_out_of_place(target, basis):
    facts = AllocationFacts.example(deployment_target=target, standalone_basis=basis)
    (finding,) = new_system_on_district_cloud(facts)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "new_system_on_district_cloud",
        "2",
        "block",
        "none",
    )
    assert finding.fact == {"deployment_target": target, "standalone_basis": basis}
    assert facts.deployment_target.zh in finding.message
