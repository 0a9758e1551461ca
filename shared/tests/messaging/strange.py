"""Strange messages and how to make them: whatever headers and bodies can be."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import strategies as st

from govproject.ids import new_id
from govproject.messaging import heartbeat
from govproject.messaging.envelope import Arrival, Envelope
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import (
    SLOTS,
    dead_letter_exchange,
    exchange,
)

BUNCH = 100
STREAMS = 3
DEAD_LETTERS = dead_letter_exchange("review")
GIVEN_UP = "what intake sent and the broker gave up"

MISSING = "missing"
texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["\0", "a\0b", "\u202e", "x" * 1000, "政务", "'; DROP TABLE inbox; --", "NaN", "-1", "1e9"]
)
carried = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(width=32, allow_nan=False, allow_infinity=False)  # the broker fails on others
    | st.sampled_from(
        [Decimal("1.5"), Decimal(0), bytearray(b"\0\xff"), datetime(2026, 8, 3, tzinfo=UTC)]
    )
    | texts,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(texts.map(lambda t: t[:60]), inner, max_size=2)
    ),
    max_leaves=4,
)
"""What AMQP can carry in a header."""

DEEP, HUGE = "a list 5000 deep", "a number of 5000 digits"
uncarried = st.sampled_from(
    ["\ud800", "half \udc00", b"\xff", float("nan"), float("inf"), 10**30, DEEP, HUGE]
)
"""What no AMQP client would write."""

FATES = {"final", "deferred", "parked", "parked, unplaced", "heartbeat"}

ALMOST: dict[str, list[Any]] = {
    "ce-id": ["0" * 32, "{00000000-0000-0000-0000-000000000001}", "urn:uuid:" + "1" * 32, "0" * 31],
    "ce-source": ["govproject/review", "govproject/", "govproject/intake ", "intake"],
    "ce-type": [
        "govproject.intake.project.plan_adopted.v9999",
        "govproject.intake.project.registered.v1",
        "govproject.review.project.approved.v1",
        "govproject.intake.service.heartbeat.v1",
        "govproject.intake.service.heartbeat.v2",
        "govproject.intake..v1",
    ],
    "ce-time": [
        "2026-08-03T09:30:00",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-02-30T00:00:00+08:00",
        "20260803T093000Z",
        "2026-W32-1T00:00:00+08:00",
    ],
    "ce-subject": ["", " ", "x" * 201, "00000000-0000-0000-0000-000000000000"],
    "ce-sequence": [
        "0",
        "01",
        "-1",
        "1.0",
        "１",
        str(2**63 - 1),
        str(2**63),
        "9" * 400,
        1,
        2.0,
        True,
    ],
    "ce-aggregatetype": ["Project", "system", "project\n"],
    "ce-requestid": ["\0", "x" * 201],
    "ce-specversion": ["0.3", 1],
    "traceparent": ["00-\0", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "ff"],
    "x-death": [
        [],
        [{}],
        [{"exchange": 7}],
        [{"exchange": "govproject.intake"}],
        {"exchange": "a"},
    ],
    "x-delivery-count": [-1, "many", 10**6],
    "content-type": ["text/html"],
}
MOMENT = b"2026-08-03T09:30:00+08:00"
BODIES = {
    "empty": b"",
    "not UTF-8": b"\xff\xfe",
    "with a mark": b"\xef\xbb\xbf{}",
    "broken": b"{",
    "null": b"null",
    "a list": b"[]",
    "a number": b"7",
    "a text": b'"as_of"',
    "a wrong type": b'{"project_id": null}',
    "a name twice": b'{"project_id": 1, "project_id": 2, "as_of": 1, "as_of": 2}',
    "infinite": b'{"plan_year": 1e999, "adopted_at": NaN, "as_of": NaN}',
    "endless": b'{"plan_year": %b, "as_of": %b}' % (b"9" * 5000, b"9" * 5000),
    "too late": b'{"as_of": "9999-12-31T23:59:59-23:59"}',
    "too early": b'{"as_of": "0001-01-01T00:00:00+23:59"}',
    "much too late": b'{"as_of": "9999-12-31T23:59:59+00:00"}',
    "without a zone": b'{"as_of": "2026-08-03T09:30:00"}',
    "a table": b'{"as_of": {"as_of": []}}',
    "strange counts": b'{"as_of": "%b", "published": [-1, 1e999, null]}' % MOMENT,
    "huge counts": b'{"as_of": "%b", "published": [%b]}' % (MOMENT, b",".join([b"9" * 30] * 64)),
    "half a character": b'{"as_of": "\\ud800", "events": {"0": "\\u0000"}}',
    "deep lists": b"[" * 100_000,
    "deep tables": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
}


class Recipe(NamedTuple):
    """How to make a message, without the ids, which are new with every bunch."""

    kind: str
    stream: int
    changes: dict[str, Any]
    body: str | bytes | None
    """A name among BODIES, the bytes, or none: what belongs there."""
    via: str


ONE_OF_EACH = [
    Recipe("sound", 0, {}, None, exchange("intake")),
    Recipe("heartbeat", 0, {}, None, exchange("intake")),
    Recipe("spoiled", 0, {"ce-id": MISSING}, None, exchange("intake")),
    Recipe("spoiled", 1, {}, "broken", exchange("intake")),
    Recipe("spoiled", 1, {}, None, exchange("intake")),
]


def recipes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Recipe]:
    change = st.one_of(
        st.tuples(
            st.just(name),
            st.just(MISSING) | st.sampled_from(almost) | (carried if name == "ce-type" else values),
        )
        for name, almost in sorted(ALMOST.items())
    )
    strange = st.builds(
        Recipe,
        kind=st.sampled_from(["spoiled", "heartbeat"]),
        stream=st.integers(0, STREAMS - 1),
        changes=st.lists(change, max_size=3).map(dict),
        body=st.none() | st.sampled_from(sorted(BODIES)) | st.binary(max_size=20),
        via=st.sampled_from([exchange("intake")] * 6 + ["", DEAD_LETTERS, GIVEN_UP]),
    )
    sound = st.builds(
        Recipe,
        kind=st.sampled_from(["sound", "again", "same id", "same number", "same number, long ago"]),
        stream=st.integers(0, STREAMS - 1),
        changes=st.just({}),
        body=st.none(),
        via=st.just(exchange("intake")),
    )
    return strange | sound


def bunches(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Recipe]]:
    return st.lists(recipes(values), min_size=BUNCH, max_size=BUNCH)


@dataclass
class Kitchen:
    """Turns recipes into messages: in which stream, with which number."""

    events: Any
    sound: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(STREAMS)])
    spoiled: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(STREAMS)])
    sent: list[tuple[str, Arrival]] = field(default_factory=list)
    _made: dict[UUID, list[Envelope]] = field(default_factory=dict)

    def numbers(self, project: UUID) -> list[int]:
        return [envelope.aggregate_seq for envelope in self._made.get(project, [])]

    def prepare(self, recipe: Recipe) -> tuple[str, Arrival]:
        """Where to, and what. The source is what the exchange stands for."""
        via, arrival = self._prepare(recipe)
        headers = {**arrival.headers, **recipe.changes}
        headers = {name: _monster(value) for name, value in headers.items() if value is not MISSING}
        body = arrival.body if recipe.body is None else recipe.body
        body = BODIES[body] if isinstance(body, str) else body
        self.sent.append((via, arrival._replace(headers=headers, body=body)))
        return self.sent[-1]

    def _prepare(self, recipe: Recipe) -> tuple[str, Arrival]:
        sound, spoiled = self.sound[recipe.stream], self.spoiled[recipe.stream]
        earlier = self._made.get(sound, [])
        match recipe.kind:
            case "again" if self.sent:
                return self.sent[(recipe.stream * 7) % len(self.sent)]
            case "same id" if earlier:
                envelope = self._next(spoiled)._replace(event_id=earlier[-1].event_id)
            case "same number" if earlier:
                envelope = earlier[-1]._replace(event_id=new_id())
            case "same number, long ago" if earlier:
                long_ago = earlier[0].time - timedelta(days=400)
                envelope = earlier[0]._replace(event_id=new_id(), time=long_ago)
            case "heartbeat":
                headers, body = heartbeat.message(
                    "intake", Heartbeat(self.events.NOW, (0,) * SLOTS)
                )
                return recipe.via, Arrival("intake", headers, body)
            case "spoiled":
                envelope = self._next(spoiled)
            case _:
                envelope = self._next(sound)
        return recipe.via, self.events.arrival(envelope)

    def _next(self, project: UUID) -> Envelope:
        made = self._made.setdefault(project, [])
        made.append(self.events.envelope(project, len(made) + 1))
        return made[-1]


def _monster(value: Any) -> Any:
    """What would be too much for a report of a failing example."""
    if value == HUGE:
        return 10**5000
    if value == DEEP:
        value = []
        for _ in range(5000):
            value = [value]
    return value
