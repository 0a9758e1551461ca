import pytest

from govproject.terms import FinalMaterial
from govproject_acceptance.rules.article_19_final_review import (
    final_check_fixes,
    final_materials,
    final_materials_in_time,
    final_opinion,
    final_opinion_on_file,
    multi_lot_overall,
)

ALL = (
    final_check_fixes,
    final_materials,
    final_materials_in_time,
    final_opinion,
    final_opinion_on_file,
    multi_lot_overall,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"must_fix_open": 1}, ["block"]),
        ({"must_fix_open": 2, "must_fix_explained": 1}, ["block", "warn"]),
        ({"must_fix_open": 1, "must_fix_explained": 1}, ["warn"]),
        ({"trial_problems_open": 3}, ["block"]),
        ({"trial_problems_open": 3, "trial_problems_explained": 3}, ["warn"]),
        ({"must_fix_open": 1, "trial_problems_open": 1}, ["block", "block"]),
    ],
)
def test_final_check_fixes(severities, facts, found):
    assert severities(final_check_fixes, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"late_materials": ("验收材料文档（竣工图.pdf）",)}, ["warn"]),
        ({"late_materials": ("验收材料文档（竣工图.pdf）",), "stage": "preliminary"}, []),
    ],
)
def test_final_materials_in_time(severities, facts, found):
    assert severities(final_materials_in_time, **facts) == found


@pytest.mark.parametrize("kind", ["new", "renewal", "upgrade"])
@pytest.mark.parametrize("material", FinalMaterial)
def test_every_material_must_be_there(findings, kind, material):
    others = tuple(other for other in FinalMaterial if other is not material)
    (finding,) = findings(final_materials, kind=kind, final_materials=others)
    assert (finding.severity, finding.fact) == ("block", {"missing": [material.value]})
    assert material.zh in finding.message


@pytest.mark.parametrize("kind", ["ops", "service"])
@pytest.mark.parametrize(
    ("materials", "found"),
    [
        (tuple(FinalMaterial), []),
        (("self_evaluation", "documents"), ["warn"]),
        (("documents",), ["warn", "block"]),
        (("self_evaluation", "presentation"), ["block"]),
    ],
)
def test_a_service_has_not_always_something_to_demonstrate(severities, kind, materials, found):
    assert severities(final_materials, kind=kind, final_materials=materials) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"unsigned_experts": ("王工",)}, ["block"]),
        ({"silent_dissent": ("李工",)}, ["block"]),
        ({"unsigned_experts": ("王工",), "silent_dissent": ("王工", "李工")}, ["block", "block"]),
        # A majority against is the eighth veto's, and fails the round instead of forbidding it.
        ({"external_experts": 3, "votes_in_favour": 0}, []),
    ],
)
def test_final_opinion(severities, facts, found):
    assert severities(final_opinion, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"opinion_on_file": False}, ["block"]),
        ({"opinion_on_file": False, "votes_in_favour": 0}, ["block"]),
    ],
)
def test_final_opinion_on_file(severities, facts, found):
    assert severities(final_opinion_on_file, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"lots": 0}, []),
        ({"lots": 1, "final_materials": ()}, []),
        ({"lots": 2}, []),
        ({"lots": 2, "lots_not_accepted": ("盐城软件公司",)}, ["block"]),
        ({"lots": 2, "final_materials": ("presentation", "documents")}, ["block"]),
        ({"lots": 3, "lots_not_accepted": ("甲", "乙"), "final_materials": ()}, ["block", "block"]),
    ],
)
def test_multi_lot_overall(severities, facts, found):
    assert severities(multi_lot_overall, **facts) == found


def test_the_lots_left_are_named(findings):
    (finding,) = findings(multi_lot_overall, lots=3, lots_not_accepted=("甲公司", "乙公司"))
    assert finding.message == "项目共3个标段，尚有2个标段未验收合格：甲公司、乙公司。"


@pytest.mark.parametrize("rule", ALL)
@pytest.mark.parametrize("stage", ["kick_off", "preliminary", "trial", "lot"])
def test_earlier_steps_are_not_asked(severities, rule, stage):
    facts = {
        "stage": stage,
        "must_fix_open": 1,
        "trial_problems_open": 1,
        "final_materials": (),
        "unsigned_experts": ("王工",),
        "silent_dissent": ("王工",),
        "opinion_on_file": False,
        "lots": 2,
        "lots_not_accepted": ("甲公司",),
    }
    assert severities(rule, **facts) == []
