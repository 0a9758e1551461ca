"""Every event: known by its name, frozen, the same after a journey as JSON."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from govproject.clock import SHANGHAI
from govproject.contracts.event import Event, known
from govproject.contracts.intake import EvaluationResult, FilingAccepted
from govproject.resources import Resources
from govproject.terms import EvaluationGrade

PROJECT = UUID(int=7)
NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
EVENTS = sorted(known().values(), key=lambda event: (event.source, event.name, event.version))

AMOUNTS = st.integers(0, 10_000_000)
VALUES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    UUID: st.uuids(),
    Decimal: st.decimals(min_value=0, max_value=10**12, places=2),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001  # the zone is added
        timezones=st.just(SHANGHAI),
    ),
    EvaluationResult: st.builds(
        EvaluationResult, grade=st.sampled_from(EvaluationGrade), evaluated_on=st.dates()
    ),
    Resources: st.builds(Resources, **dict.fromkeys(Resources.model_fields, AMOUNTS)),
    NoneType: st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, UnionType):
        return st.one_of([values(option) for option in get_args(kind)])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return VALUES[kind]


@pytest.mark.parametrize("contract", EVENTS, ids=lambda event: f"{event.source}.{event.name}")
def test_an_event_is_the_same_after_a_journey(contract):
    fields = {name: values(field.annotation) for name, field in contract.model_fields.items()}

    @given(st.builds(contract, **fields))
    @settings(max_examples=20, database=None)
    def journey(event: Event) -> None:
        arrived = contract.model_validate_json(event.model_dump_json())
        assert arrived == event
        assert arrived.model_dump_json() == event.model_dump_json()
        assert event.aggregate_id == str(event.project_id)

    journey()


@pytest.mark.parametrize("contract", EVENTS, ids=lambda event: f"{event.source}.{event.name}")
def test_an_event_is_named_by_a_noun_and_what_happened_to_it(contract):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", contract.name)
    assert contract.version >= 1
    assert contract.aggregate_type == "project"
    assert contract.model_config.get("frozen") is True
    assert contract.__doc__


def test_an_event_does_not_change():
    event = FilingAccepted(project_id=PROJECT, filing_id=UUID(int=8), accepted_at=NOW)
    with pytest.raises(ValidationError, match="frozen"):
        event.accepted_at = NOW.replace(year=2027)


def test_a_field_that_a_later_release_added_is_ignored():
    event = FilingAccepted(project_id=PROJECT, filing_id=UUID(int=8), accepted_at=NOW)
    newer = event.model_dump(mode="json") | {"accepted_by": "张三"}
    assert FilingAccepted.model_validate(newer) == event


def test_a_field_that_is_missing_is_an_error():
    with pytest.raises(ValidationError, match="accepted_at"):
        FilingAccepted.model_validate({"project_id": PROJECT, "filing_id": UUID(int=8)})


def test_an_event_is_declared_once():
    before = dict(known())
    with pytest.raises(TypeError, match=r"intake filing\.accepted v1 is declared twice"):
        type("Twin", (Event,), {}, source="intake", name="filing.accepted")
    assert known() == before


def test_a_new_version_stands_beside_the_old_one(monkeypatch):
    monkeypatch.setattr("govproject.contracts.event._known", dict(known()))
    newer = type(
        "FilingAcceptedV2", (Event,), {}, source="intake", name="filing.accepted", version=2
    )
    assert known()["intake", "filing.accepted", 2] is newer
    assert known()["intake", "filing.accepted", 1] is FilingAccepted


def test_an_event_without_a_name_is_none():
    with pytest.raises(TypeError):
        type("Nameless", (Event,), {}, source="intake")
