"""The files of a declaration, from the upload to what is shown of them."""

from uuid import uuid4

import pytest

from govproject_intake.tables import Material, Project
from govproject_local import documents

PLAN = "项目实施方案.docx"


def _materials(intake, plan, name=PLAN):
    given = documents.materials("new") | {"implementation_plan": (name, plan)}
    return [{"kind": kind, "file_id": intake.handed_in(*file)} for kind, file in given.items()]


def test_what_was_handed_in_is_shown_with_what_the_plan_contains(intake):
    project = intake.declared()
    shown = intake.get(f"/projects/{project}/materials", "unit").json()
    assert [(m["kind"], m["name"]) for m in shown["materials"]] == [
        ("application_form", "项目申报表.docx"),
        ("policy_basis", "会议纪要.docx"),
        ("implementation_plan", PLAN),
    ]
    assert [(s["section"], s["verdict"], s["place"]) for s in shown["plan_sections"]] == [
        ("basis", "pass", "第1段"),
        ("objectives", "pass", "第3段"),
        ("content", "pass", "第5段"),
        ("cost_estimate", "pass", "第7段"),
    ]


def test_a_plan_without_a_part_is_refused_by_its_name(intake, problem):
    plan = documents.word([(1, "一、建设依据"), (0, "依据区政府会议纪要建设本项目。")])
    body = problem(
        intake.post("/projects", intake.declaration(materials=_materials(intake, plan))),
        409,
        "refused",
    )
    [finding] = body["findings"]
    assert finding["rule"] == "material_implementation_plan"
    assert "建设目标、建设内容、资金估算" in finding["message"]
    assert intake.count(Project, Material) == 0


def test_a_document_that_is_only_named_is_not_handed_in(intake, problem):
    materials = [each for each in intake.materials() if each["kind"] != "policy_basis"]
    body = problem(
        intake.post("/projects", intake.declaration(materials=materials)), 409, "refused"
    )
    [finding] = body["findings"]
    assert (finding["rule"], finding["article"]) == ("material_policy_basis", "5")
    assert "上传" in finding["remedy"]


def test_a_scanned_plan_is_left_to_people(intake):
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
    materials = _materials(intake, picture, "项目实施方案.png")
    view = intake.done("/projects", intake.declaration(materials=materials))
    assert [w["rule"] for w in view["warnings"]] == ["material_implementation_plan"]
    shown = intake.get(f"/projects/{view['id']}/materials", "bureau").json()
    assert {s["verdict"] for s in shown["plan_sections"]} == {"doubt"}
    assert {s["why"] for s in shown["plan_sections"]} == {"PNG 图片中的文字不能自动读取"}


def test_a_plan_that_is_broken_inside_is_refused(intake, problem):
    content = bytearray(documents.implementation_plan())
    content[400:1200] = b"\0" * 800
    materials = _materials(intake, bytes(content))
    problem(
        intake.post("/projects", intake.declaration(materials=materials)),
        422,
        "document_unreadable",
    )


@pytest.mark.parametrize("kind", ["ops", "service"])
def test_operation_rests_on_the_contract_before_or_says_that_it_is_the_first(intake, kind, problem):
    materials = [m for m in intake.materials(kind) if m["kind"] != "prior_contract"]
    declaration = intake.declaration(
        kind=kind, materials=materials, builds_system=False, deployment_target="none"
    )
    body = problem(intake.post("/projects", declaration), 409, "refused")
    assert [f["rule"] for f in body["findings"]] == ["material_prior_contract"]

    note = {"first_period_note": "系统2026年通过验收，首次运维"}
    assert intake.post("/projects", declaration | note).status_code == 201


def test_a_file_that_nobody_handed_in_is_refused(intake, problem):
    for kind in ("application_form", "implementation_plan"):
        materials = [{"kind": kind, "file_id": str(uuid4())}]
        problem(
            intake.post("/projects", intake.declaration(materials=materials)), 422, "file_unknown"
        )


def test_another_units_file_is_refused(intake, problem):
    materials = intake.materials(unit="亭湖区民政局")
    problem(intake.post("/projects", intake.declaration(materials=materials)), 403, "not_your_unit")
    assert intake.count(Project, Material) == 0


def test_another_units_materials_are_not_shown(intake, problem):
    project = intake.declared()
    answer = intake.call("GET", f"/projects/{project}/materials", "unit", "亭湖区民政局")
    problem(answer, 403, "not_your_unit")
