"""The gates of intake with all their rules."""

from datetime import datetime

import pytest

from govproject.clock import SHANGHAI
from govproject.facts import (
    AnnualPlanFacts,
    ChangeFacts,
    ConstructionFacts,
    ContractFacts,
    DeclarationFacts,
    FilingFacts,
)
from govproject.gates import ANNUAL_PLAN, CHANGE, CONSTRUCTION, CONTRACT, DECLARATION, FILING
from govproject.plugins import load
from govproject.regulation.decide import decide
from govproject.regulation.pack import pack
from govproject_intake.rules import MODULES

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("gate", "facts"),
    [
        (DECLARATION, DeclarationFacts),
        (ANNUAL_PLAN, AnnualPlanFacts),
        (FILING, FilingFacts),
        (CONTRACT, ContractFacts),
        (CHANGE, ChangeFacts),
        (CONSTRUCTION, ConstructionFacts),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_example_breaks_no_rule(gate, facts):
    example = facts.example()
    rules = load(MODULES, installed=False)
    decision = decide(rules, gate, example, pack=pack("tinghu-2025"), at=NOW)
    assert decision.findings == ()
    assert decision.allowed


def test_which_rules_answer_at_which_gate():
    plugins = load(MODULES, installed=False)
    assert [check.rule for check in plugins.checks("check_declaration")] == [
        "purpose_and_scope",
        "no_state_secrets",
        "filing_lt_100",
        "kind_fits_what_is_built",
        "material_application_form",
        "material_implementation_plan",
        "material_policy_basis",
        "material_prior_contract",
        "plan_submission_q3",
        "small_optimisation_in_ops",
        "ops_during_free_maintenance",
    ]
    assert [check.rule for check in plugins.checks("check_filing")] == [
        "national_standalone_exemption",
        "new_system_on_district_cloud",
        "no_separate_mobile_app",
        "filings_add_up_to_full_process",
        "fiscal_evaluation_ge_50",
        "fiscal_evaluation_report",
        "poor_no_related_filing",
        "filing_crypto_xinchuang",
        "filing_duplicate",
        "filing_internal_review",
        "filing_no_data_catalogue",
        "filing_no_shared_resources",
        "filing_security",
        "file_before_acceptance",
    ]
    assert [check.rule for check in plugins.checks("check_contract")] == [
        "no_build_before_approval",
        "contracts_after_evaluation",
        "contracts_within_evaluation",
        "follow_procurement_rules",
        "supervisor_does_not_build",
        "contract_mandatory_clauses",
        "contract_text_on_file",
        "nda_with_contractor",
        "contract_term_known",
        "contract_personnel_known",
        "implement_as_approved",
        "no_building_after_final",
        "poor_no_related_contract",
        "contract_after_recorded_review",
        "no_contract_in_an_excluded_case",
        "free_ops_in_contract",
        "free_ops_min_2_years",
        "service_builds_nothing",
        "outsourcing_contract_clause",
    ]
    assert [check.rule for check in plugins.checks("check_change")] == [
        "changes_add_up_to_full_process",
        "change_within_evaluation",
        "change_approved_before_filing",
        "change_crosses_threshold",
        "no_change_after_final",
    ]
    assert [check.rule for check in plugins.checks("check_construction")] == [
        "extension_application",
        "extension_signers_differ",
        "extension_three_party_sign",
        "schedule_management",
        "personnel_change",
        "personnel_change_confirm",
        "personnel_signers_differ",
    ]
    assert [check.rule for check in plugins.checks("check_annual_plan")] == [
        "late_declaration_accepted",
        "poor_no_related_project",
    ]
