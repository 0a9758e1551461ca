from decimal import Decimal

import pytest

from govproject import ApprovalFacts, MaterialsFacts
from govproject_review.rules.article_08_feasibility import (
    DesignSection,
    data_resource_chapter,
    feasibility_report_guideline,
    materials_are_files_of_their_own,
    preliminary_design_after_change,
    preliminary_design_content,
    preliminary_design_ge_1000,
)

WHOLE = MaterialsFacts.example().documents


def facts(material=None, *, without=False, statements=None, **parts: object):
    """The example with parts of one document changed, or without the document."""
    documents = dict(WHOLE)
    if without:
        del documents[material]
    elif material:
        documents[material] = {**documents[material], **parts}
    statements = {"mobile": "none", **(statements or {})}
    return MaterialsFacts.example(documents=documents, statements=statements)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (facts(), []),
        (facts("feasibility_report", without=True), [("block", {"missing": "feasibility_report"})]),
        (
            facts("feasibility_report", risk="missing", needs="missing"),
            [("block", {"missing": ["needs", "risk"]})],
        ),
        (facts("feasibility_report", risk="doubt"), [("warn", {"doubtful": ["risk"]})]),
        (
            facts(
                "feasibility_report",
                risk="missing",
                statements={"adapted_chapters": {"risk": "并入效益一章"}},
            ),
            [("warn", {"adapted": {"risk": "并入效益一章"}})],
        ),
    ],
)
def test_feasibility_report_guideline(finds, given, found):
    findings = finds(feasibility_report_guideline, given)
    assert [(finding.severity, finding.fact) for finding in findings] == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (facts(), []),
        (facts("preliminary_design", without=True), []),
        (facts("feasibility_report", data_resources="missing"), ["block"]),
        (facts("preliminary_design", data_resources="missing"), ["block"]),
        (facts("preliminary_design", data_resources="doubt"), ["warn"]),
    ],
)
def test_data_resource_chapter(finds, given, found):
    assert [finding.severity for finding in finds(data_resource_chapter, given)] == found


AMOUNTS = [("9999999.99", False), ("10000000.00", True), ("10000000.01", True)]


@pytest.mark.parametrize(("yuan", "needed"), AMOUNTS)
def test_preliminary_design_ge_1000(finds, yuan, needed):
    given = facts("preliminary_design", without=True).model_copy(
        update={"budget_yuan": Decimal(yuan)}
    )
    assert len(finds(preliminary_design_ge_1000, given)) == needed
    assert finds(preliminary_design_ge_1000, facts()) == ()


@pytest.mark.parametrize(("yuan", "needed"), AMOUNTS)
def test_preliminary_design_after_change(finds, yuan, needed):
    given = ApprovalFacts.example(budget_yuan=yuan)
    assert len(finds(preliminary_design_after_change, given)) == needed
    has = given.model_copy(update={"has_preliminary_design": True})
    assert finds(preliminary_design_after_change, has) == ()
    approved = ApprovalFacts.example(budget_yuan="9000000.00", amount_yuan=yuan)
    assert len(finds(preliminary_design_after_change, approved)) == needed


def test_preliminary_design_content(finds):
    assert finds(preliminary_design_content, facts()) == ()
    assert finds(preliminary_design_content, facts("preliminary_design", without=True)) == ()
    for section in DesignSection:
        for verdict, severity in (("missing", "block"), ("doubt", "warn")):
            given = facts("preliminary_design", **{section.value: verdict})
            (finding,) = finds(preliminary_design_content, given)
            assert (finding.severity, section.zh in finding.message) == (severity, True)


@pytest.mark.parametrize(
    ("same", "found"),
    [
        ([], []),
        ([["crypto_plan", "network_security_plan"]], ["warn"]),
        ([["crypto_plan", "ops_plan"], ["sharing_list", "opening_list"]], ["warn", "warn"]),
    ],
)
def test_materials_are_files_of_their_own(finds, same, found):
    given = MaterialsFacts.example(same_content=same)
    assert [each.severity for each in finds(materials_are_files_of_their_own, given)] == found
