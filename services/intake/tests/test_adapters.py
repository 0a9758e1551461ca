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
