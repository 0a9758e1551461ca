"""Whatever happens in whatever order: no final passes that Articles 19 and 28 forbid."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govproject.contracts import Event
from govproject.messaging.envelope import Arrival
from govproject.terms import FinalMaterial, Veto

from .bodies import Bodies
from .driver import Acceptance
from .events import DUE_BEFORE_FINAL, NOW, UNIT, Events

CONTRACTOR = "盐城软件公司"


class Meeting(NamedTuple):
    """A final acceptance meeting as the unit reports it."""

    silent: tuple[Veto, ...] = ()
    found: tuple[Veto, ...] = ()
    experts: int = 5
    affiliated: int = 0
    of_the_unit: int = 0
    of_the_contractor: int = 0
    days_ago: int = 0


FILINGS = ("change filed", "grown", "shrunk")
OCCASIONS = ("approved", "filed", "irregular", "contract", "archived", "archive failed")
OCCASIONS += ("changed", "changed", *FILINGS)
COMMANDS = ("plans", "preliminary", "fails preliminary", "mends", "trial", "ends trial")
COMMANDS += ("report", "materials", "guidance", "indicators")

VETOES = st.one_of(st.just(()), st.lists(st.sampled_from(Veto), max_size=2, unique=True).map(tuple))
FEW = st.sampled_from([0, 0, 0, 1, 2])
ODD_ONES = st.builds(Meeting, VETOES, VETOES, st.integers(0, 8), FEW, FEW, FEW, FEW)
# Mostly lawful or nearly so: then one thing alone stands in the way, in the story or the meeting.
MEETINGS = st.one_of(
    st.just(Meeting()),
    st.just(Meeting(experts=3)),
    VETOES.map(lambda silent: Meeting(silent=silent)),
    st.integers(0, 8).map(lambda experts: Meeting(experts=experts)),
    ODD_ONES,
)

STEPS = st.one_of(
    # Something happens elsewhere; whether and when acceptance hears of it is another step.
    st.tuples(st.just("happens"), st.sampled_from(OCCASIONS)),
    st.tuples(st.just("arrives"), st.integers(0, 40)),
    st.tuples(st.just("all arrive"), st.none()),
    st.tuples(st.just("does"), st.sampled_from(COMMANDS)),
    st.tuples(st.just("time passes"), st.integers(1, 120)),
    st.tuples(st.just("meets"), MEETINGS),
)
READY = [
    ("happens", "declared"),
    ("happens", "approved"),
    ("happens", "contract"),
    ("all arrive", None),
    *(("does", what) for what in ("plans", "indicators", "preliminary", "mends", "trial")),
    ("time passes", 100),
    *(("does", what) for what in ("ends trial", "report", "materials", "guidance")),
    ("happens", "archived"),
    ("all arrive", None),
]
LAWFUL = [*READY, ("meets", Meeting())]
SMALL = [
    *(("happens", what) for what in ("declared small", "filed", "contract", "archived")),
    ("all arrive", None),
    ("does", "plans"),
    ("does", "materials"),
    ("meets", Meeting(experts=3)),
]


@st.composite
def edited(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """A lawful story with steps taken out and put in: alone, chance would pass no final."""
    steps = [step for step in draw(st.sampled_from([LAWFUL, SMALL])) if step[0] != "meets"]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(steps)))
        if draw(st.integers(0, 4)):
            steps.insert(place, draw(STEPS))
        else:
            del steps[place : place + 1]
    return [*steps, *draw(st.lists(st.tuples(st.just("meets"), MEETINGS), min_size=1, max_size=4))]


@dataclass
class Story:
    """What happened to one project, and how much of it acceptance was told."""

    acceptance: Acceptance
    project: UUID = field(default_factory=uuid4)
    happened: list[tuple[str, Event, Arrival]] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    passed: int = 0

    def __post_init__(self) -> None:
        self.acceptance.project = self.project
        self.acceptance.runtime.clock.now = NOW  # type: ignore[attr-defined]  # the tests' own

    @property
    def today(self) -> date:
        return self.acceptance.runtime.clock().date()

    @cached_property
    def paper(self) -> str:
        """A file to hand in wherever one is asked for."""
        return self.acceptance.handed_in()

    @cached_property
    def plans(self) -> dict[str, Any]:
        """Every plan of Art 14, each a file of its own."""
        return self.acceptance.plans()

    @cached_property
    def materials(self) -> dict[FinalMaterial, str]:
        """A file for each kind of material."""
        return {kind: self.acceptance.handed_in(text=kind.zh) for kind in FinalMaterial}

    def step(self, name: str, detail: Any) -> None:
        acts: dict[str, Any] = {
            "happens": self.happens,
            "arrives": self.arrives,
            "all arrive": self.all_arrive,
            "does": self.does,
            "time passes": self.time_passes,
            "meets": self.meets,
        }
        acts[name](detail)

    def of_intake(self, name: str) -> list[Any]:
        """What intake said under a name, told or not."""
        return [event for what, event, _ in self.happened if what == name]

    def happens(self, what: str) -> None:
        """A producer says so, if it can: nothing before the declaration, no filing of nothing."""
        is_declared = any(each.startswith("declared") for each, _, _ in self.happened)
        if what.startswith("declared") == is_declared:
            return
        at = self.acceptance.runtime.clock()
        filings = [w for w, _, _ in self.happened if w in FILINGS]
        number = uuid4()
        if what in FILINGS:
            if len(filings) == len(self.of_intake("changed")):
                return
            number = self.of_intake("changed")[len(filings)].change_id
        makes = {
            "declared": Events.declared,
            "declared small": Events.small,
            "approved": Events.approved,
            "filed": lambda: Events.filed(at),
            "irregular": Events.irregular,
            "contract": lambda: Events.contract(amount_yuan="700000.00"),
            "changed": lambda: Events.change(at=at),
            "change filed": lambda: Events.change_filed(at=at),
            "grown": lambda: Events.change_filed(at=at, budget_yuan=1500000),
            "shrunk": lambda: Events.change_filed(at=at, budget_yuan=800000),
            "archived": lambda: Events.archived(at=at, classes=DUE_BEFORE_FINAL),
            "archive failed": lambda: Events.archive_failed(at=at),
        }
        event = makes[what]()
        its_own = {"project_id": self.project, "change_id": number}
        fields = type(event).model_fields
        event = event.model_copy(update={k: v for k, v in its_own.items() if k in fields})
        self.happened.append((what, event, self.acceptance.arrival(event)))

    def arrives(self, which: int) -> None:
        """One of them, perhaps before an earlier one, perhaps again."""
        if self.happened:
            number = which % len(self.happened)
            self.acceptance.deliver(self.happened[number][2])
            self.told.add(number)

    def all_arrive(self, _: object) -> None:
        for number, (_, _, arrival) in enumerate(self.happened):
            self.acceptance.deliver(arrival)
            self.told.add(number)

    def time_passes(self, days: int) -> None:
        clock: Any = self.acceptance.runtime.clock
        clock.now += timedelta(days=days)

    def does(self, what: str) -> None:
        """A command of the unit or the bureau; it may be refused, and never breaks anything."""
        day = self.today.isoformat()
        page = self.acceptance.get(f"/projects/{self.project}").json()
        own, file_id = f"/projects/{self.project}", self.paper
        trials = page.get("trials") or [{"id": uuid4()}]
        to_mend = [i for meeting in page.get("preliminary_rounds", ()) for i in meeting["must_fix"]]
        report = Bodies.report(report_number=str(uuid4()), finished_on=day)
        failed = {"passed": False, "reasons": ["功能不全"]}
        calls: dict[str, list[tuple[str, dict[str, Any], str]]] = {
            "plans": [(f"{own}/implementation-plans", self.plans, "unit")],
            "indicators": [
                (f"{own}/indicators", {"indicators": [Bodies.indicator(file_id)]}, "unit")
            ],
            "preliminary": [
                (
                    f"{own}/preliminary-rounds",
                    Bodies.preliminary(held_on=day, must_fix=["补充手册"]),
                    "unit",
                )
            ],
            "fails preliminary": [
                (f"{own}/preliminary-rounds", Bodies.preliminary(held_on=day, **failed), "unit")
            ],
            "mends": [
                (
                    f"/must-fix-items/{item['id']}/closure",
                    {"fixed_on": day, "proof": "已整改"},
                    "unit",
                )
                for item in to_mend
            ],
            "trial": [(f"{own}/trials", {"started_on": day}, "unit")],
            "ends trial": [(f"/trials/{trials[-1]['id']}/end", {"ended_on": day}, "unit")],
            "report": [(f"{own}/test-reports", report, "unit")],
            "materials": [
                (f"{own}/final-materials", {"kind": kind, "file_id": material}, "unit")
                for kind, material in self.materials.items()
            ],
            "guidance": [(f"{own}/guidance", Bodies.guidance(agreed_on=day), "bureau")],
        }
        for path, body, as_ in calls[what]:
            self.post(path, body, as_)

    def post(self, path: str, body: dict[str, Any], as_: str = "unit") -> httpx2.Response:
        answer = self.acceptance.post(path, body, as_)
        assert answer.is_success or answer.status_code in (404, 409, 422), answer.text
        return answer

    def meets(self, meeting: Meeting) -> None:
        self.judge(meeting, self.post(f"/projects/{self.project}/final-rounds", self.body(meeting)))

    def body(self, meeting: Meeting) -> dict[str, Any]:
        invited = Bodies.experts(meeting.experts)
        experts = [e | own for e, own in zip_longest(invited, _insiders(meeting), fillvalue={})]
        outcome = (
            {"reasons": ["详见意见"], "rectify_by": (self.today + timedelta(30)).isoformat()}
            if meeting.found
            else {"settled_yuan": "700000.00"}
        )
        return {
            "held_on": self.held_on(meeting).isoformat(),
            "experts": experts[: meeting.experts],
            "vetoes": {v.value: v in meeting.found for v in Veto if v not in meeting.silent},
            "opinion": "专家组听取了汇报。",
            **outcome,
        }

    def held_on(self, meeting: Meeting) -> date:
        return self.today - timedelta(days=meeting.days_ago)

    def judge(self, meeting: Meeting, answer: httpx2.Response) -> None:
        """What no final passes with, told from what happened and not from what is stored."""
        if not answer.is_success or not answer.json()["passed"]:
            return
        self.passed += 1
        assert self.passed == 1, "a project passes once"
        assert not meeting.silent, "a veto was not answered"
        assert not meeting.found, "a veto was found"
        assert not self.unfiled_on(self.held_on(meeting)), "a change was not filed"
        assert any(what == "contract" for what, _ in self.known()), "there was no contract"
        external = self.external(meeting)
        assert external >= 3, external
        assert external % 2 == 1, external

    def known(self) -> Iterator[tuple[str, Any]]:
        """What acceptance can know of intake: all before the first that it was not told."""
        for number, (what, event, _) in enumerate(self.happened):
            if event.source != "intake":
                continue
            if number not in self.told:
                return
            yield what, event

    def unfiled_on(self, day: date) -> bool:
        known = list(self.known())
        filed = {e.change_id: e.filed_at.date() for _, e in known if hasattr(e, "filed_at")}
        return any(
            event.change_id not in filed
            or event.determined_at.date() <= day < filed[event.change_id]
            for what, event in known
            if what == "changed"
        )

    def external(self, meeting: Meeting) -> int:
        """How many experts came from outside; a contractor's are known once the contract is."""
        insiders = meeting.affiliated + meeting.of_the_unit
        if any(what == "contract" for what, _ in self.known()):
            insiders += meeting.of_the_contractor
        return max(0, meeting.experts - insiders)


def _insiders(meeting: Meeting) -> list[dict[str, Any]]:
    """Contractors' people last, so that leaving out an unknown one changes no other's place."""
    return [
        *[{"affiliated": True}] * meeting.affiliated,
        *[{"employer": UNIT}] * meeting.of_the_unit,
        *[{"employer": CONTRACTOR}] * meeting.of_the_contractor,
    ]


def told(acceptance: Acceptance, steps: list[tuple[str, Any]]) -> Story:
    story = Story(acceptance)
    for name, detail in steps:
        story.step(name, detail)
    return story


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.one_of(edited(), edited(), st.lists(STEPS, max_size=30)))
@example(steps=LAWFUL)
@example(steps=SMALL)
@example(steps=[*READY, ("happens", "changed"), ("all arrive", None), ("meets", Meeting())])
@example(steps=[*READY, ("meets", Meeting(silent=(Veto.XINCHUANG,)))])
@example(steps=[*READY, ("meets", Meeting(experts=4))])
@example(steps=[*READY, ("meets", Meeting(of_the_contractor=1))])
def test_no_sequence_passes_what_the_articles_forbid(acceptance, steps):
    story = told(acceptance, steps)
    if steps in (LAWFUL, SMALL):
        assert story.passed == 1  # else nothing above would mean anything


class TestTheJudgeItself:
    """A pass that it should not let through is an error."""

    @pytest.fixture
    def story(self, acceptance):
        return told(acceptance, READY)

    @pytest.fixture
    def passing(self, story):
        answer = story.post(f"/projects/{story.project}/final-rounds", story.body(Meeting()))
        assert answer.json()["passed"] is True
        return answer

    def test_a_lawful_pass_is_none(self, story, passing):
        story.judge(Meeting(), passing)
        assert story.passed == 1

    @pytest.mark.parametrize(
        "meeting",
        [
            Meeting(silent=(Veto.DIGITAL_ASSETS,)),
            Meeting(found=(Veto.XINCHUANG,)),
            Meeting(experts=4),
            Meeting(experts=1),
            Meeting(affiliated=1),
            Meeting(of_the_contractor=1),
        ],
        ids=str,
    )
    def test_a_meeting_that_cannot_pass(self, story, passing, meeting):
        with pytest.raises(AssertionError):
            story.judge(meeting, passing)

    def test_an_unfiled_change(self, story, passing):
        story.happens("changed")
        story.told.add(len(story.happened) - 1)
        with pytest.raises(AssertionError):
            story.judge(Meeting(), passing)

    def test_a_change_that_was_filed_after_the_meeting(self, story, passing):
        story.happens("changed")
        story.time_passes(1)
        story.happens("change filed")
        story.told |= {len(story.happened) - 2, len(story.happened) - 1}
        with pytest.raises(AssertionError):
            story.judge(Meeting(days_ago=1), passing)

    def test_a_second_pass(self, story, passing):
        story.judge(Meeting(), passing)
        with pytest.raises(AssertionError):
            story.judge(Meeting(), passing)
