"""What a next-step page says of its steps: their commands exist, and whose they are is right."""

from importlib import import_module

import pytest
from fastapi import FastAPI

from govproject.next_steps.steps import Errand
from govproject.regulation.text import articles
from govproject_local.suite import SERVICES, module

STEPS = [
    (service, step)
    for service in SERVICES
    for told in [import_module(f"{module(service)}.app").SERVICE.next_steps]
    for step in (*told.steps, *told.errands)
]


@pytest.fixture(scope="module")
def paths():
    """Every route's operations, by service."""

    def of(service):
        app = FastAPI()
        for router in import_module(f"{module(service)}.app").SERVICE.routers:
            app.include_router(router)
        return app.openapi()["paths"]

    return {service: of(service) for service in SERVICES}


@pytest.mark.parametrize(("service", "step"), STEPS, ids=lambda each: getattr(each, "name", each))
def test_a_steps_command_is_a_route_of_its_service(paths, service, step):
    method, _, path = step.command.partition(" ")
    operation = paths[service][path][method.lower()]
    roles = {role for each in operation["security"] for role in each["bearer"]}
    assert roles
    # Of a step that two commands take, the first is named.
    assert roles <= {role.value for role in step.by}


@pytest.mark.parametrize("step", [step for _, step in STEPS if isinstance(step, Errand)])
def test_what_no_gate_stands_before_is_cited_word_for_word(step):
    assert step.citation.quote in articles()[step.citation.article]
