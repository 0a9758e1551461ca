from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

import govproject
from govproject.facts import Facts, FilingFacts


def kinds(of=Facts):
    """The facts of each gate: what has no further kinds in the package itself."""
    own = [
        model for model in of.__subclasses__() if model.__module__.startswith("govproject.facts.")
    ]
    return [kind for model in own for kind in kinds(model) or [model]]


MODELS = kinds()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_example_is_whole_frozen_and_takes_changes(model):
    example = model.example()
    assert example.today == date(2026, 8, 3)
    assert example.reliefs == ()
    assert model.example(today=date(2026, 8, 4)).today == date(2026, 8, 4)
    assert model.model_validate_json(example.model_dump_json()) == example
    with pytest.raises(ValidationError, match="frozen"):
        example.today = date(2026, 8, 4)
    with pytest.raises(ValidationError, match="misspelt"):
        model.example(misspelt=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_fact_has_a_name_that_officials_read(model):
    for name, field in model.model_fields.items():
        assert field.title, name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_facts_are_published_as_a_schema(model):
    assert model.model_json_schema()["additionalProperties"] is False


def test_all_facts_are_offered_to_plugins():
    assert {model.__name__ for model in MODELS} <= set(govproject.__all__)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "ten"])
def test_an_amount_is_a_number(amount):
    with pytest.raises(ValidationError):
        FilingFacts.example(amount_yuan=amount)


def test_an_amount_is_exact():
    assert FilingFacts.example(amount_yuan="499999.99").amount_yuan == Decimal("499999.99")
