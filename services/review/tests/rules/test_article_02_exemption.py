import pytest

from govproject import ApprovalFacts, MaterialsFacts, PreReviewFacts
from govproject_review.rules.article_02_exemption import (
    approved_system_on_district_cloud,
    mobile_into_city_portal,
    national_standalone_exemption,
    new_system_on_district_cloud,
    no_separate_mobile_app,
)

BASIS = {"standalone_basis": {}}
PLAN = {"data_sharing_plan": {"sharing": "pass", "collaboration": "pass"}}
CLAIM = {"deployment_target": "national_standalone", "standalone_basis": "国办发〔2022〕14号"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"deployment_target": "district_cloud"}, []),
        ({"deployment_target": "elsewhere"}, []),
        ({**CLAIM, "documents": {**BASIS, **PLAN}}, []),
        ({**CLAIM, "documents": PLAN}, ["block"]),
        ({**CLAIM, "standalone_basis": None, "documents": {**BASIS, **PLAN}}, ["block"]),
        ({**CLAIM, "documents": BASIS}, ["block"]),
        ({**CLAIM, "documents": {}}, ["block", "block"]),
        (
            {**CLAIM, "documents": {**BASIS, "data_sharing_plan": {"sharing": "pass"}}},
            ["block"],
        ),
        (
            {
                **CLAIM,
                "documents": {
                    **BASIS,
                    "data_sharing_plan": {"sharing": "pass", "collaboration": "doubt"},
                },
            },
            ["warn"],
        ),
    ],
)
def test_national_standalone_exemption(finds, changes, found):
    findings = finds(national_standalone_exemption, MaterialsFacts.example(**changes))
    assert [finding.severity for finding in findings] == found
    assert {finding.relief for finding in findings} <= {"none"}


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        ({"mobile": "none"}, []),
        ({"mobile": "city_portal"}, []),
        ({"mobile": "own_client"}, [("block", "exception")]),
        ({}, [("block", "exception")]),
    ],
)
def test_no_separate_mobile_app(finds, statements, found):
    findings = finds(no_separate_mobile_app, MaterialsFacts.example(statements=statements))
    assert [(finding.severity, finding.relief) for finding in findings] == found


@pytest.mark.parametrize(
    ("mobile", "looked_at", "found"),
    [
        (None, False, 0),
        ("none", False, 0),
        ("city_portal", True, 0),
        ("own_client", True, 0),
        ("city_portal", False, 1),
        ("own_client", False, 1),
    ],
)
def test_mobile_into_city_portal(finds, mobile, looked_at, found):
    points = PreReviewFacts.example().points | ({"mobile_portal": False} if looked_at else {})
    findings = finds(mobile_into_city_portal, PreReviewFacts.example(mobile=mobile, points=points))
    assert len(findings) == found


@pytest.mark.parametrize(
    ("kind", "builds_system", "target", "blocks"),
    [
        ("new", True, "district_cloud", False),
        ("new", True, "elsewhere", True),
        ("new", False, "elsewhere", True),
        ("upgrade", False, "elsewhere", True),
        ("service", True, "elsewhere", True),
        ("ops", False, "elsewhere", False),
        ("new", True, "none", True),
        ("new", False, "none", False),
        ("new", True, None, False),
        ("new", True, "national_standalone", False),
    ],
)
def test_new_system_on_district_cloud(finds, kind, builds_system, target, blocks):
    given = {
        "kind": kind,
        "builds_system": builds_system,
        "deployment_target": target,
        "standalone_basis": "国办发〔2022〕14号",
    }
    found = finds(new_system_on_district_cloud, MaterialsFacts.example(**given))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks
    found = finds(approved_system_on_district_cloud, ApprovalFacts.example(**given))
    assert [(f.severity, f.relief) for f in found] == [("block", "none")] * blocks


@pytest.mark.parametrize(("basis", "blocks"), [("国办发〔2022〕14号", False), (None, True)])
def test_approved_system_on_district_cloud(finds, basis, blocks):
    facts = ApprovalFacts.example(deployment_target="national_standalone", standalone_basis=basis)
    assert len(finds(approved_system_on_district_cloud, facts)) == blocks
