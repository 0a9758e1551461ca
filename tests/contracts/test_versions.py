"""Every service is ready for every version that a producer may send."""

from importlib import import_module

import pytest

from govproject.contracts.event import Event, known
from govproject.messaging import versions
from govproject.messaging.envelope import type_of
from govproject_local import asyncapi, examples, published
from govproject_local.suite import SERVICES, module

OLD = [each for each in known().values() if asyncapi.superseded_by(each)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_handles_the_newest_version_of_what_it_acts_on(service):
    handlers = import_module(f"{module(service)}.consumers").HANDLERS
    newest = {asyncapi.superseded_by(contract) or contract for contract in handlers}
    assert newest <= set(handlers)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_acts_on_events_of_those_it_follows_only(service):
    consumers = import_module(f"{module(service)}.consumers")
    assert {contract.source for contract in consumers.HANDLERS} == set(consumers.FOLLOWS)


def test_an_old_version_that_becomes_a_newer_one_becomes_the_next():
    for contract in (each for each in OLD if each.upgraded is not Event.upgraded):
        newer = known()[contract.source, contract.name, contract.version + 1]
        event = examples.event(contract)
        assert versions.upgraded(event, newer).aggregate_id == event.aggregate_id, type_of(contract)


def test_versions_count_from_one_without_a_gap():
    for source, name, version in known():
        assert version == 1 or (source, name, version - 1) in known()


def test_nothing_that_was_published_is_broken():
    now = published.current(asyncapi.document())
    assert list(published.violations(published.snapshot(), now)) == []
    assert published.snapshot() == now, "run ./govproject docs"
