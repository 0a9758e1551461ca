"""Whatever happens in whatever order: an unregistered project gets nothing."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govproject.messaging.envelope import Arrival

INTAKE = (
    "declared",
    "registered",
    "submitted",
    "accepted",
    "irregular",
    "corrected",
    "changed",
    "full_process",
    "excepted",
    "decommissioned",
    "failed",
    "cleared",
)

STEPS = st.one_of(
    # Something happens in intake or review; whether and when the gate hears of it is another step.
    st.tuples(st.just("happens"), st.sampled_from([*INTAKE, "approved"])),
    st.tuples(st.just("arrives"), st.integers(0, 40)),
    st.tuples(st.just("all arrive"), st.none()),
    st.tuples(st.just("heartbeat"), st.none()),
    st.tuples(st.just("asks"), st.sampled_from(["portal", "unit"])),
    st.tuples(st.just("asks again"), st.none()),
    st.tuples(
        st.just("decides"),
        st.sampled_from(
            ["unfiled_may_refuse_resource", "standing_is_current", "standing_is_complete"]
        ),
    ),
    st.tuples(st.just("time passes"), st.integers(1, 2000)),
)
# Everything there is has come, and the gate is asked once more.
ASKING = st.sampled_from(
    [("all arrive", None), ("heartbeat", None), ("asks", "portal"), ("asks again", None)]
)
LAWFUL = [
    *(("happens", what) for what in ("declared", "registered", "submitted", "accepted")),
    ("all arrive", None),
    ("heartbeat", None),
    ("asks", "unit"),
]


@st.composite
def edited(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """The lawful story with steps taken out and put in: by chance alone nothing is granted."""
    steps = list(LAWFUL)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(steps)))
        if draw(st.integers(0, 2)):
            steps.insert(place, draw(STEPS))
        else:
            del steps[place : place + 1]
    return [*steps, *draw(st.lists(ASKING, max_size=3))]


@dataclass
class Story:
    """What happened to one project, and how much of it the gate was told."""

    gate: object
    events: object
    project: UUID = field(default_factory=uuid4)
    order: UUID = field(default_factory=uuid4)
    happened: list[tuple[str, Arrival]] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    granted: int = 0

    def known(self) -> set[str]:
        """What the gate can know: of intake's events, those before the first that is missing."""
        found: set[str] = set()
        for number, (what, _) in enumerate(self.happened):
            if what == "approved":
                continue
            if number not in self.told:
                break
            found.add(what)
        return found

    def step(self, name: str, detail: object) -> None:
        acts: dict[str, Any] = {
            "happens": self.happens,
            "arrives": self.arrives,
            "all arrive": self.all_arrive,
            "heartbeat": lambda _: self.gate.hear(),
            "asks": self.asks,
            "asks again": self.asks_again,
            "decides": self.decides,
            "time passes": lambda minutes: self.gate.clock.turn(minutes=minutes),
        }
        acts[name](detail)

    def happens(self, what: str) -> None:
        makes = {
            "full_process": lambda p: self.events.changed(
                p, budget_yuan="1200000.00", track="full_process"
            ),
            "excepted": lambda p: self.events.excepted("filing_duplicate", p),
            "failed": lambda p: self.events.failed(self.order, p),
            "cleared": lambda p: self.events.cleared(self.order, p),
        }
        make = makes.get(what) or getattr(self.events, what)
        if what == "failed" and any(each == "failed" for each, _ in self.happened):
            return  # an order fails once
        self.happened.append((what, self.gate.arrival(make(self.project))))

    def arrives(self, which: int) -> None:
        """One of them, perhaps before an earlier one, perhaps again."""
        if self.happened:
            number = which % len(self.happened)
            self.gate.deliver(self.happened[number][1])
            self.told.add(number)

    def all_arrive(self, _: object) -> None:
        for number, (_, arrival) in enumerate(self.happened):
            self.gate.deliver(arrival)
            self.told.add(number)

    def asks(self, as_: str) -> None:
        wish = self.gate.wish(project=self.project) | {"ends_on": "2050-12-31"}
        self.judge(self.gate.post("/allocations", wish, as_))

    def asks_again(self, _: object) -> None:
        for allocation in self.refused[:1]:
            self.judge(self.gate.post(f"/allocations/{allocation}/reconsideration"))

    def decides(self, rule: str) -> None:
        decision = {
            "rule": rule,
            "reason": "防汛应急。",
            "document": "亭数〔2026〕8号",
            "expires_on": "2050-12-31",
        }
        self.gate.post(f"/projects/{self.project}/bureau-decisions", decision, "bureau")

    def judge(self, answer: object) -> None:
        view = answer.json()
        if answer.status_code == 403:
            return  # the unit asks before the gate knows whose project it is
        assert answer.is_success, answer.text
        if view["state"] == "refused":
            self.refused = [view["id"]]
            return
        self.granted += 1
        self.refused = []
        known = self.known()
        assert {"declared", "registered"} <= known, (known, self.happened)
        assert "decommissioned" not in known


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.one_of(edited(), st.lists(STEPS, max_size=30)))
@example(steps=LAWFUL)
@example(steps=[step for step in LAWFUL if step != ("happens", "registered")])
def test_no_sequence_gives_resources_to_an_unregistered_project(gate, events, steps):
    story = Story(gate, events)
    for name, detail in steps:
        story.step(name, detail)
    if steps == LAWFUL:
        assert story.granted == 1  # else nothing above would mean anything


def test_a_grant_without_registration_would_be_noticed(gate, events):
    """The judge itself: a grant to a project that never was registered is an error."""
    story = Story(gate, events)
    for name, detail in LAWFUL:
        story.step(name, detail)
    story.happened = [each for each in story.happened if each[0] != "registered"]
    with pytest.raises(AssertionError):
        story.asks("portal")
