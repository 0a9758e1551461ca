import inspect

import pytest

from govproject import gates, hookspecs
from govproject.gates import Gate

from .test_facts import kinds

GATES = [value for value in vars(gates).values() if isinstance(value, Gate)]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_every_gate_has_a_hook_that_takes_its_facts(gate):
    specification = getattr(hookspecs, gate.hook)
    parameters = inspect.signature(specification).parameters
    assert list(parameters) == ["facts", "pack"]
    assert parameters["facts"].annotation == gate.facts.__name__
    assert gate.title


def test_every_kind_of_facts_and_every_check_hook_has_one_gate():
    assert sorted(gate.facts.__name__ for gate in GATES) == sorted(
        model.__name__ for model in kinds()
    )
    hooks = [name for name in vars(hookspecs) if name.startswith("check_")]
    assert sorted(gate.hook for gate in GATES) == sorted(hooks)
