import pytest

from govproject import FilingFacts
from govproject_intake.rules.article_02_deployment import (
    STANDALONE,
    national_standalone_exemption,
    new_system_on_district_cloud,
    no_separate_mobile_app,
)
from govproject_intake.rules.article_26_filing import filing_no_shared_resources

APART = {"deployment_target": "national_standalone", "standalone_basis": "国办发〔2022〕14号"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, 0),
        (APART, 0),
        ({"builds_system": False, "deployment_target": "none"}, 0),
        # What is only operated may run where it was built.
        ({"kind": "ops", "builds_system": False, "deployment_target": "elsewhere"}, 0),
        ({"kind": "upgrade", "deployment_target": "elsewhere"}, 1),
        ({"deployment_target": "elsewhere"}, 1),
        ({"deployment_target": "elsewhere", "builds_system": False}, 1),
        ({"deployment_target": "none"}, 1),
    ],
)
def test_on_the_district_cloud(changes, found):
    findings = new_system_on_district_cloud(FilingFacts.example(**changes))
    assert [(f.rule, f.article, f.relief) for f in findings] == [
        ("new_system_on_district_cloud", "2", "none")
    ] * found


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({**APART, "standalone_documents": STANDALONE}, None),
        ({}, None),
        ({**APART, "standalone_documents": ["standalone_basis"]}, ["data_sharing_plan"]),
        ({**APART, "standalone_documents": ["data_sharing_plan"]}, ["standalone_basis"]),
        ({**APART, "standalone_basis": None, "standalone_documents": STANDALONE}, []),
    ],
)
def test_apart_with_document_and_plan(changes, missing):
    findings = national_standalone_exemption(FilingFacts.example(**changes))
    assert [f.fact["missing"] for f in findings] == ([] if missing is None else [missing])


@pytest.mark.parametrize(
    ("mobile", "found"), [("none", 0), ("city_portal", 0), ("own_client", 1), (None, 1)]
)
def test_no_client_of_its_own(mobile, found):
    findings = no_separate_mobile_app(FilingFacts.example(mobile=mobile))
    assert [(f.rule, f.relief) for f in findings] == [
        ("no_separate_mobile_app", "exception")
    ] * found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": "upgrade"}, 1),
        ({"conditions": ["no_shared_resources"]}, 1),
        ({"kind": "ops", "builds_system": False}, 0),
    ],
)
def test_where_it_runs_speaks_for_itself(changes, found):
    facts = FilingFacts.example(deployment_target="elsewhere", **changes)
    assert len(filing_no_shared_resources(facts)) == found
