"""The generated pages are what the code says."""

import pytest

from govproject.contracts.event import known
from govproject_local import reference
from govproject_local.paths import ROOT


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == reference.pages()[path], "run ./govproject docs"


@pytest.mark.parametrize("name", [name for name, _ in reference.hook_functions()])
def test_a_hook_is_documented(name):
    function = dict(reference.hook_functions())[name]
    assert function.__doc__
    assert f"## `{name}(" in (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", known().values(), ids=lambda event: event.name)
def test_an_event_is_documented(event):
    assert event.__doc__
    page = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert f"### `{event.name}` v{event.version}" in page
