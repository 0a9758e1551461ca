"""The gate with all its rules."""

from datetime import datetime

import pytest

from govproject.clock import SHANGHAI
from govproject.facts import AllocationFacts
from govproject.gates import ALLOCATION
from govproject.plugins import load
from govproject.regulation.decide import decide
from govproject.regulation.findings import Relief
from govproject.regulation.pack import pack
from govproject.terms import DeploymentTarget, FilingStatus, Track
from govproject_cloud_alloc.rules import MODULES

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
RULES = load(MODULES, installed=False)
FILED = {"track": Track.FILING, "filing_status": FilingStatus.ACCEPTED, "approval_number": None}
UNFILED = FILED | {"filing_status": FilingStatus.NONE}
POOR = {
    "project_name": "智慧校园",
    "results": [{"grade": "poor", "evaluated_on": "2025-06-30"}],
}
NOTHING = {
    "declared": False,
    "city_system_ref": None,
    "track": None,
    "approval_number": None,
    "builds_system": False,
    "deployment_target": DeploymentTarget.NONE,
    "planned": None,
}


def asked(**facts: object):
    example = AllocationFacts.example(**facts)
    return decide(RULES, ALLOCATION, example, pack=pack("tinghu-2025"), at=NOW)


def act(rule: str, kind: str) -> Relief:
    return Relief.model_validate(
        {
            "rule": rule,
            "kind": kind,
            "reason": "防汛应急",
            "approver": "bureau",
            "document": "亭数〔2026〕8号",
            "expires_on": NOW.date(),
        }
    )


def test_the_example_breaks_no_rule():
    assert asked().findings == ()
    assert asked().allowed


def test_a_filed_project_breaks_none_either():
    assert asked(**FILED).findings == ()


def test_a_project_nobody_heard_of_is_refused_by_article_3_alone():
    decision = asked(**NOTHING)
    assert [finding.rule for finding in decision.findings] == ["no_registration_no_resource"]


@pytest.mark.parametrize(
    ("facts", "articles"),
    [
        ({"city_system_ref": None}, ("3",)),
        ({"city_system_ref": None, "approval_number": None}, ("3", "6")),
        ({"approval_number": None, "planned": None}, ("6",)),
        ({"approval_number": None}, ("6",)),
        ({"planned": None}, ("14",)),
        (UNFILED, ("27",)),
        (UNFILED | {"planned": None}, ("14", "27")),
        (UNFILED | {"city_system_ref": None}, ("3", "27")),
        (UNFILED | {"related": [POOR]}, ("25", "27")),
        (FILED | {"filing_conditions": ["duplicate", "security"]}, ("26",)),
        ({"requested": {"vcpus": 65}}, ("7",)),
        ({"deployment_target": "elsewhere"}, ("2",)),
        ({"suspended_by": "order", "requested": {"vcpus": 65}}, ("7", "29")),
        ({"decommissioned": True}, ("34",)),
        ({"backlog": 1, "knowledge_age_minutes": None}, ("3",)),
        (
            UNFILED
            | {
                "deployment_target": "elsewhere",
                "city_system_ref": None,
                "requested": {"memory_gib": 257},
                "filing_conditions": ["crypto_xinchuang"],
                "suspended_by": "order",
                "decommissioned": True,
            },
            ("2", "3", "7", "26", "27", "29", "34"),
        ),
    ],
)
def test_every_refusal_names_every_article_in_order(facts, articles):
    decision = asked(**facts)
    assert not decision.allowed
    assert decision.articles == articles
    assert all(finding.quote and finding.remedy for finding in decision.findings)


def test_the_bureau_lifts_article_27_and_never_article_3():
    lifted = act("unfiled_may_refuse_resource", "bureau_decision")
    assert asked(**UNFILED, reliefs=[lifted]).allowed
    hard = act("no_registration_no_resource", "bureau_decision")
    decision = asked(**UNFILED | {"city_system_ref": None}, reliefs=[lifted, hard])
    assert decision.articles == ("3",)


def test_a_decision_that_lifts_article_27_leaves_article_25():
    lifted = act("unfiled_may_refuse_resource", "bureau_decision")
    assert asked(**UNFILED, related=[POOR], reliefs=[lifted]).articles == ("25",)


def test_a_decision_that_lifts_article_27_leaves_the_plan_as_the_limit():
    lifted = act("unfiled_may_refuse_resource", "bureau_decision")
    assert asked(**UNFILED | {"planned": None}, reliefs=[lifted]).articles == ("14",)
    over = {"requested": {"vcpus": 65}}
    assert asked(**UNFILED | over, reliefs=[lifted]).articles == ("7",)


def test_an_exception_lifts_its_condition_of_article_26_and_shows():
    exception = act("filing_duplicate", "exception")
    decision = asked(**FILED, filing_conditions=["duplicate"], reliefs=[exception])
    assert decision.allowed
    assert [finding.lifted_by for finding in decision.findings] == [exception]
    two = asked(**FILED, filing_conditions=["duplicate", "security"], reliefs=[exception])
    assert [finding.rule for finding in two.blocking] == ["filing_security"]


@pytest.mark.parametrize(
    "rule",
    [check.rule for check in RULES.checks("check_allocation")],
)
def test_a_rule_that_leaves_no_choice_is_lifted_by_nothing(rule):
    (info,) = [c.info for c in RULES.checks("check_allocation") if c.rule == rule]
    kinds = {
        "unfiled_may_refuse_resource": "bureau_decision",
        "standing_is_current": "bureau_decision",
        "standing_is_complete": "bureau_decision",
        "filing_duplicate": "exception",
        "filing_no_shared_resources": "exception",
        "filing_no_data_catalogue": "exception",
        "filing_security": "exception",
        "filing_crypto_xinchuang": "exception",
    }
    assert info is not None
    assert info.relief.value == kinds.get(rule, "none")
