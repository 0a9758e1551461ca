from datetime import date

import pytest

from govproject import AnnualPlanFacts, DeclarationFacts
from govproject.terms import DocumentVerdict, MaterialKind, PlanSection, ProjectKind
from govproject_intake.rules.article_05_declaration import (
    kind_fits_what_is_built,
    late_declaration_accepted,
    material_application_form,
    material_implementation_plan,
    material_policy_basis,
    material_prior_contract,
    plan_submission_q3,
)

FORM, PLAN = MaterialKind.APPLICATION_FORM, MaterialKind.IMPLEMENTATION_PLAN
CONTRACT, NEEDS = MaterialKind.PRIOR_CONTRACT, MaterialKind.SERVICE_REQUIREMENTS
BUILT = [ProjectKind.NEW, ProjectKind.RENEWAL, ProjectKind.UPGRADE]
SERVED = [ProjectKind.OPS, ProjectKind.SERVICE]


@pytest.mark.parametrize("today", [date(2026, 7, 1), date(2026, 8, 15), date(2026, 9, 30)])
def test_the_third_quarter_is_the_time_for_the_next_year(today):
    assert plan_submission_q3(DeclarationFacts.example(today=today, plan_year=2027)) == ()


@pytest.mark.parametrize(
    ("today", "plan_year"),
    [
        (date(2026, 6, 30), 2027),
        (date(2026, 10, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2026, 8, 3), 2026),
        (date(2026, 8, 3), 2028),
        (date(2027, 7, 1), 2027),
    ],
)
def test_another_time_is_late_and_not_refused(today, plan_year):
    facts = DeclarationFacts.example(today=today, plan_year=plan_year)
    (finding,) = plan_submission_q3(facts)
    assert (finding.rule, finding.article, finding.severity) == ("plan_submission_q3", "5", "warn")
    assert finding.fact == {"plan_year": plan_year, "declared_on": today.isoformat()}
    assert f"{plan_year - 1}年第三季度" in finding.message


@pytest.mark.parametrize(
    ("declared_on", "reason", "refused"),
    [
        (date(2026, 7, 1), None, False),
        (date(2026, 9, 30), None, False),
        (date(2026, 6, 30), None, True),
        (date(2026, 10, 1), None, True),
        (date(2025, 8, 3), None, True),
        (date(2026, 10, 1), "上级新任务", False),
        (None, None, False),
    ],
)
def test_a_late_one_comes_into_the_plan_with_a_reason(declared_on, reason, refused):
    facts = AnnualPlanFacts.example(plan_year=2027, declared_on=declared_on, reason=reason)
    found = late_declaration_accepted(facts)
    assert [(each.article, each.clause, each.severity) for each in found] == [
        ("5", "1", "block")
    ] * refused


def test_at_least_one_document_is_needed():
    assert material_policy_basis(DeclarationFacts.example(policy_basis=("区政府批示",))) == ()
    (finding,) = material_policy_basis(DeclarationFacts.example(policy_basis=()))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "material_policy_basis",
        "5",
        "block",
        "none",
    )


@pytest.mark.parametrize("named", [("区政府批示",), ()])
def test_a_document_that_is_only_named_is_none(named):
    facts = DeclarationFacts.example(policy_basis=named, materials=(FORM, PLAN))
    (finding,) = material_policy_basis(facts)
    assert (finding.severity, finding.fact) == ("block", {"policy_basis": list(named)})


@pytest.mark.parametrize("kind", list(ProjectKind))
def test_every_kind_has_its_form(kind):
    facts = DeclarationFacts.example(kind=kind)
    assert material_application_form(facts) == ()
    (finding,) = material_application_form(facts.model_copy(update={"materials": (PLAN,)}))
    assert (finding.article, finding.clause, finding.severity) == ("5", "(一)", "block")


@pytest.mark.parametrize("kind", BUILT)
def test_what_is_built_has_a_plan(kind):
    (finding,) = material_implementation_plan(
        DeclarationFacts.example(kind=kind, materials=(FORM,), plan_sections={})
    )
    assert (finding.severity, finding.relief) == ("block", "none")
    assert kind.zh in finding.message


@pytest.mark.parametrize("kind", SERVED)
def test_what_is_served_needs_no_plan(kind):
    facts = DeclarationFacts.example(kind=kind, materials=(FORM, CONTRACT, NEEDS), plan_sections={})
    assert material_implementation_plan(facts) == ()


@pytest.mark.parametrize("section", list(PlanSection))
@pytest.mark.parametrize("seen", [DocumentVerdict.MISSING, None])
def test_each_part_of_the_plan_is_asked_for(section, seen):
    sections = dict.fromkeys(PlanSection, DocumentVerdict.PASS) | {section: seen}
    facts = DeclarationFacts.example(
        plan_sections={key: verdict for key, verdict in sections.items() if verdict}
    )
    (finding,) = material_implementation_plan(facts)
    assert finding.severity == "block"
    assert finding.fact == {"missing": [section.value]}
    assert section.zh in finding.message


def test_a_part_in_doubt_is_left_to_people():
    sections = dict.fromkeys(PlanSection, DocumentVerdict.DOUBT)
    (finding,) = material_implementation_plan(DeclarationFacts.example(plan_sections=sections))
    assert finding.severity == "warn"
    assert finding.fact == {"doubtful": [section.value for section in PlanSection]}


@pytest.mark.parametrize("kind", SERVED)
@pytest.mark.parametrize(
    ("materials", "note", "missing"),
    [
        ((FORM, CONTRACT, NEEDS), None, []),
        ((FORM, NEEDS), "首次运维", []),
        ((FORM, NEEDS), None, ["上一期合同"]),
        ((FORM, CONTRACT), None, ["服务需求"]),
        ((FORM,), "首次运维", ["服务需求"]),
        ((FORM,), None, ["服务需求", "上一期合同"]),
    ],
)
def test_operation_and_services_rest_on_the_contract_before(kind, materials, note, missing):
    facts = DeclarationFacts.example(kind=kind, materials=materials, first_period_note=note)
    found = material_prior_contract(facts)
    assert [finding.severity for finding in found] == ["block"] * len(missing)
    assert all(name in finding.message for name, finding in zip(missing, found, strict=True))


@pytest.mark.parametrize("kind", BUILT)
def test_what_is_built_has_no_contract_before(kind):
    assert material_prior_contract(DeclarationFacts.example(kind=kind)) == ()


@pytest.mark.parametrize(
    ("kind", "builds", "target", "found"),
    [
        ("new", False, "elsewhere", ["block"]),
        ("new", False, "national_standalone", ["block"]),
        ("new", True, "elsewhere", []),
        # Operation is declared with where its system stands; it builds none.
        ("ops", False, "elsewhere", []),
        ("service", False, "national_standalone", []),
        ("service", True, "elsewhere", ["block"]),
    ],
)
def test_the_kind_fits_what_is_built(kind, builds, target, found):
    facts = DeclarationFacts.example(kind=kind, builds_system=builds, deployment_target=target)
    assert [finding.severity for finding in kind_fits_what_is_built(facts)] == found
