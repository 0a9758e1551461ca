"""A suite whose clock a journey turns, and the case that goes on it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from govproject_local.broker import Broker
from govproject_local.pytest_plugin import RunningSuite

from .calendar import FILE, Calendar
from .case import Case
from .listening import Listener


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calendar]:
    turned = Calendar(tmp_path_factory.mktemp("calendar"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(FILE, str(turned.open()))
        environment.setenv("PYTHONPATH", str(turned.folder))
        yield turned


@pytest.fixture(scope="module")
def suite(calendar: Calendar, suite: RunningSuite) -> RunningSuite:
    return suite


@pytest.fixture
def case(people: Any, calendar: Calendar) -> Callable[..., Case]:
    """Makes a case of a unit's own, in the next third quarter (Art 5)."""
    today = calendar.today
    if today > date(today.year, 9, 1):
        calendar.go_to(date(today.year + 1, 8, 3))

    def make(**given: Any) -> Case:
        return Case(people, calendar, **given)

    return make


@pytest.fixture
def listener(broker: Broker, suite: RunningSuite, people: Any) -> Listener:
    """Somebody outside; all services are in one virtual host."""
    vhost = suite.suite.amqp_url("intake").rpartition("/")[2]
    return Listener(broker.url(vhost), people.until)
