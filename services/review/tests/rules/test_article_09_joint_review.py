import pytest

from govproject import ApprovalFacts
from govproject.terms import Department, PreReviewMaterial, Verdict
from govproject_review.rules.article_09_joint_review import (
    conditions_of_departments,
    joint_department_review,
    opinions_on_present_materials,
    review_audit,
    review_cyberspace,
    review_finance,
    review_party_office,
    reviewed_by,
)

OWN = {
    Department.PARTY_OFFICE: review_party_office,
    Department.CYBERSPACE: review_cyberspace,
    Department.FINANCE: review_finance,
}


def opinions(**changes: str | None) -> ApprovalFacts:
    given = {d.value: "pass" for d in Department} | changes
    return ApprovalFacts.example(opinions={d: v for d, v in given.items() if v is not None})


@pytest.mark.parametrize(
    ("silent", "missing"),
    [
        ([], []),
        (["audit"], []),
        (["party_office"], ["party_office"]),
        (["finance", "cyberspace"], ["cyberspace", "finance"]),
        ([d.value for d in Department], ["party_office", "cyberspace", "finance"]),
    ],
)
def test_joint_department_review(finds, silent, missing):
    found = finds(joint_department_review, opinions(**dict.fromkeys(silent)))
    assert [f.fact["missing"] for f in found] == ([missing] if missing else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("department", list(OWN))
def test_each_department_refuses_by_its_own_clause(finds, department, verdict):
    facts = opinions(**{department.value: verdict.value})
    for other, rule in OWN.items():
        found = finds(rule, facts)
        failed = other is department and verdict is Verdict.FAIL
        assert [f.fact["department"] for f in found] == [department.value] * failed
        assert all(department.zh in f.message for f in found)
    assert finds(joint_department_review, facts) == ()


@pytest.mark.parametrize("rule", OWN.values())
def test_silence_is_found_once_and_not_by_each(finds, rule):
    assert finds(rule, ApprovalFacts.example(opinions={})) == ()


@pytest.mark.parametrize("unanswered", [True, False])
@pytest.mark.parametrize("verdict", ["pass", "pass_with_conditions", None])
def test_review_audit(finds, unanswered, verdict):
    facts = opinions(audit=verdict).model_copy(update={"audit_observation_unanswered": unanswered})
    found = finds(review_audit, facts)
    silent = verdict is None
    expected = ["block"] if unanswered else ["warn"] if silent else []
    assert [(f.severity, f.relief) for f in found] == [(each, "none") for each in expected]


@pytest.mark.parametrize(
    ("waiting", "named"),
    [
        ([], []),
        (["audit"], []),
        (["finance"], ["finance"]),
        (["finance", "party_office"], ["party_office", "finance"]),
    ],
)
def test_conditions_of_departments(finds, waiting, named):
    found = finds(conditions_of_departments, ApprovalFacts.example(conditions_unanswered=waiting))
    assert [f.fact["conditions_unanswered"] for f in found] == ([named] if named else [])
    assert all(f.severity == "warn" for f in found)


@pytest.mark.parametrize("department", [each for each in Department if each.value != "audit"])
def test_what_is_reviewed_by_one_is_not_by_the_others(department):
    own = reviewed_by(department)
    assert PreReviewMaterial.FEASIBILITY_REPORT in own
    for other in OWN:
        assert other is department or own - reviewed_by(other)
    assert reviewed_by(Department.AUDIT) > own


@pytest.mark.parametrize(
    ("kind", "departments"),
    [
        (PreReviewMaterial.CRYPTO_PLAN, {"party_office"}),
        (PreReviewMaterial.NETWORK_SECURITY_PLAN, {"cyberspace"}),
        (PreReviewMaterial.SHARING_LIST, {"cyberspace"}),
        (PreReviewMaterial.COST_ASSESSMENT_REPORT, {"finance"}),
        (PreReviewMaterial.OPS_PLAN, {"finance"}),
        (PreReviewMaterial.FEASIBILITY_REPORT, {"party_office", "cyberspace", "finance"}),
        (PreReviewMaterial.PRELIMINARY_DESIGN, {"party_office", "cyberspace", "finance"}),
    ],
)
def test_who_reviews_a_material_besides_the_audit_bureau(kind, departments):
    reviewing = {d.value for d in Department if kind in reviewed_by(d)}
    assert reviewing == departments | {"audit"}


@pytest.mark.parametrize(
    ("outdated", "named"),
    [
        ([], []),
        (["audit"], []),
        (["finance"], ["finance"]),
        (["finance", "party_office"], ["party_office", "finance"]),
    ],
)
def test_opinions_on_present_materials(finds, outdated, named):
    found = finds(opinions_on_present_materials, ApprovalFacts.example(outdated_opinions=outdated))
    assert [f.fact["outdated"] for f in found] == ([named] if named else [])
    assert all((f.severity, f.relief) == ("block", "none") for f in found)
