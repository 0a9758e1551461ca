"""The embedded provider, and a department's in its place."""

from uuid import UUID

import pytest

from govproject.adapters import CloudOrder
from govproject.plugins import load
from govproject.resources import Resources
from govproject_cloud_alloc.app import SERVICE

ORDER = CloudOrder("key", UUID(int=7), UUID(int=8), Resources(vcpus=8))
PLUGIN = """
from govproject import hookimpl

class Other:
    name = "other"

@hookimpl
def cloud_provider():
    return Other()
"""


@pytest.mark.parametrize("action", ["provision", "suspend", "resume", "release", "observe"])
def test_the_embedded_provider_says_that_nothing_was_carried_out(action):
    provider = load(SERVICE.rules, installed=False).adapters.cloud_provider()
    assert provider.name == "record"
    assert getattr(provider, action)(ORDER) == {
        "provider": "record",
        "action": action,
        "carried_out": False,
        "resources": ORDER.resources.model_dump(),
    }


def test_a_departments_provider_takes_its_place(tmp_path):
    (tmp_path / "cloud.py").write_text(PLUGIN, encoding="utf-8")
    hooks = load(SERVICE.rules, folder=tmp_path, installed=False).adapters
    assert hooks.cloud_provider().name == "other"
