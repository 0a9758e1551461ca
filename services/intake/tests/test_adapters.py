"""The embedded municipal registry, and a department's in its place (Art 3)."""

from uuid import UUID

import pytest

from govproject.adapters import CityRegistration
from govproject.plugins import load
from govproject_intake import adapters
from govproject_intake.app import SERVICE

PLUGIN = """
from govproject import hookimpl

@hookimpl
def municipal_registry(registration):
    return None if registration.unit == "手工登记单位" else f"CITY-{registration.project_name}"
"""


@pytest.mark.parametrize("typed", ["320902-2026-0001", None])
def test_the_embedded_registry_answers_with_what_was_typed(typed):
    hooks = load(SERVICE.rules, installed=False).adapters
    registration = CityRegistration(UUID(int=7), "智慧校园", "亭湖区教育局", typed)
    assert hooks.municipal_registry(registration=registration) == typed
    assert adapters.municipal_registry(registration) == typed


def test_a_departments_registry_comes_first_and_may_leave_it_to_the_embedded_one(tmp_path):
    (tmp_path / "city.py").write_text(PLUGIN, encoding="utf-8")
    hooks = load(SERVICE.rules, folder=tmp_path, installed=False).adapters
    own = CityRegistration(UUID(int=7), "智慧校园", "亭湖区教育局", None)
    assert hooks.municipal_registry(registration=own) == "CITY-智慧校园"
    by_hand = CityRegistration(UUID(int=8), "智慧校园", "手工登记单位", "320902-2026-0001")
    assert hooks.municipal_registry(registration=by_hand) == "320902-2026-0001"


ASKED = """
from pathlib import Path

from govproject import hookimpl

@hookimpl
def municipal_registry(registration):
    with (Path(__file__).parent / "asked.txt").open("a", encoding="utf-8") as asked:
        asked.write(f"{registration.project_id}\\n")
    return f"CITY-{registration.project_id}"
"""


class TestADepartmentsRegistry:
    """It is asked once, outside the transaction that keeps its answer."""

    @pytest.fixture
    def plugins_dir(self, tmp_path):
        folder = tmp_path / "plugins"
        folder.mkdir()
        (folder / "city.py").write_text(ASKED, encoding="utf-8")
        return folder

    def test_a_project_that_is_registered_or_stopped_is_not_asked_for(
        self, intake, problem, plugins_dir
    ):
        project, stopped = intake.declared(), intake.declared(project_name="智慧操场")
        intake.done(f"/projects/{stopped}/decommission-report", {"reason": "停用。"})
        path = f"/projects/{project}/registration"
        key = {"Idempotency-Key": "register-1"}
        view = intake.done(path, {}, "bureau", headers=key)
        assert view["city_system_ref"] == f"CITY-{project}"
        assert intake.done(path, {}, "bureau", headers=key) == view
        problem(intake.post(path, {}, "bureau"), 409, "already_registered")
        answer = intake.post(f"/projects/{stopped}/registration", {}, "bureau")
        problem(answer, 409, "decommissioned")
        asked = (plugins_dir / "asked.txt").read_text(encoding="utf-8").split()
        assert asked == [project]
