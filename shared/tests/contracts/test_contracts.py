import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

from govproject import contracts
from govproject.contracts import PRODUCERS, Event, lookup
from govproject.contracts.event import known

MODULES = [
    import_module(f"{contracts.__name__}.{found.name}")
    for found in iter_modules(contracts.__path__)
    if found.name != "event"
]


def test_the_five_services_produce():
    assert PRODUCERS == ("intake", "review", "acceptance", "archive", "cloud-alloc")
    assert {module.SOURCE for module in MODULES} == set(PRODUCERS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.SOURCE)
def test_every_event_of_a_module_is_its_producers_and_is_known(module):
    events = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Event) and value is not Event
    ]
    assert events
    for event in events:
        assert event.__module__ == module.__name__
        assert event.source == module.SOURCE
        assert lookup(event.source, event.name, event.version) is event


def test_nothing_else_is_known():
    names = {module.__name__ for module in MODULES}
    ours = [event for event in known().values() if event.__module__.startswith("govproject.")]
    strangers = [event for event in ours if event.__module__ not in names]
    assert strangers == []


@pytest.mark.parametrize(
    ("source", "name", "version"),
    [
        ("intake", "project.declared", 2),
        ("intake", "project.declared", 0),
        ("review", "project.declared", 1),
        ("intake", "project.forgotten", 1),
        ("", "", 1),
    ],
)
def test_what_no_contract_says(source, name, version):
    assert lookup(source, name, version) is None
