"""The standing as a projection of events, in whatever order two producers' events arrive."""

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

import pytest

from govproject.contracts import Event, cloud_alloc, intake, review
from govproject.messaging.receiving import Outcome
from govproject.persistence.tables import RecordedRelief
from govproject.resources import Resources
from govproject.terms import FilingCondition, FilingStatus, Track
from govproject_cloud_alloc.tables import Allocation, Standing, Suspension

PROJECT = UUID(int=7)
ORDER = UUID(int=90)


def interleavings(one: Sequence[Event], other: Sequence[Event]) -> list[list[Event]]:
    """Every order that keeps each producer's own."""
    length = len(one) + len(other)
    merged = []
    for places in combinations(range(length), len(other)):
        left, right = iter(one), iter(other)
        merged.append([next(right) if n in places else next(left) for n in range(length)])
    return merged


def standing(gate):
    (row,) = gate.rows(Standing)
    return row


def known(gate):
    """All that the projection holds."""
    reliefs = [row.model_dump(exclude={"id"}) for row in gate.rows(RecordedRelief)]
    orders = [row.model_dump(exclude={"proposed_at"}) for row in gate.rows(Suspension)]
    return standing(gate).model_dump(), reliefs, orders


def story(events, project: UUID = PROJECT, order: UUID = ORDER) -> tuple[list[Event], list[Event]]:
    now = events.declared().declared_at
    from_intake: list[Event] = [
        events.declared(project),
        events.registered(project),
        events.submitted(project, conditions=(FilingCondition.DUPLICATE,)),
        events.irregular(project),
        events.excepted("filing_duplicate", project),
        events.changed(project, track=Track.FULL_PROCESS, budget_yuan=1200000),
        events.failed(order, project),
        events.cleared(order, project),
    ]
    from_review: list[Event] = [
        review.PreReviewPassed(project_id=project, reviewed_at=now),
        events.approved(project, cloud_plan=Resources(vcpus=32)),
    ]
    return from_intake, from_review


def test_a_reference_that_an_older_build_told_is_kept_with_hyphens(gate, events):
    told = events.registered()
    gate.tell(told.model_copy(update={"city_system_ref": "320902\u20132026－0001"}))
    (standing,) = gate.rows(Standing)
    assert standing.city_system_ref == "320902-2026-0001"


def test_every_interleaving_of_two_producers_ends_in_one_standing(gate, events):
    ends = []
    for number in range(45):
        project, order = UUID(int=100 + number), UUID(int=1000 + number)
        orders = interleavings(*story(events, project, order))
        assert len(orders) == 45
        assert gate.tell(*orders[number]) == {Outcome.DONE: 9, Outcome.SKIPPED: 1}
        row = next(row for row in gate.rows(Standing) if row.project_id == project)
        asked = gate.done("/checks/allocation", {"project_id": str(project)}, "bureau")
        ends.append((row.model_dump(exclude={"project_id"}), asked["findings"]))
    assert all(end == ends[0] for end in ends)
    final, _ = ends[0]
    assert final["project_name"] == "智慧校园"
    assert final["city_system_ref"] == "320902-2026-0001"
    assert (final["track"], final["budget_yuan"]) == (Track.FULL_PROCESS, 1200000)
    assert final["filing_status"] is FilingStatus.IRREGULAR
    assert final["approval_number"] == "亭数批〔2026〕12号"
    assert {row.state for row in gate.rows(Suspension)} == {"withdrawn"}
    assert gate.count(RecordedRelief) == len(ends)


def test_an_approval_that_arrives_first_makes_a_standing_that_allows_nothing(gate, events):
    gate.tell(events.approved())
    gate.hear()
    row = standing(gate)
    assert (row.project_name, row.track, row.approval_number) == (None, None, "亭数批〔2026〕12号")
    view = gate.ask()
    assert view["state"] == "refused"
    assert view["decision"]["findings"][0]["rule"] == "no_registration_no_resource"


def test_a_repeated_event_changes_nothing(gate, events):
    arrivals = [gate.arrival(event) for event in story(events)[0]]
    gate.deliver(*arrivals)
    before = known(gate)
    assert gate.deliver(*arrivals) == {Outcome.DUPLICATE: len(arrivals)}
    assert known(gate) == before


def test_events_that_overtook_one_another_take_effect_in_their_order(gate, events):
    arrivals = [gate.arrival(event) for event in story(events)[0]]
    assert gate.deliver(*reversed(arrivals))[Outcome.DONE] == len(arrivals)
    assert standing(gate).filing_status is FilingStatus.IRREGULAR
    assert gate.rows(Suspension)[0].state == "withdrawn"


@pytest.mark.parametrize(
    ("steps", "status", "problems"),
    [
        ([], FilingStatus.NONE, []),
        (["submitted"], FilingStatus.SUBMITTED, []),
        (["submitted", "accepted"], FilingStatus.ACCEPTED, []),
        (["submitted", "irregular"], FilingStatus.IRREGULAR, ["附件缺失"]),
        (["submitted", "accepted", "irregular"], FilingStatus.IRREGULAR, ["附件缺失"]),
        (["submitted", "irregular", "corrected"], FilingStatus.SUBMITTED, []),
        (["submitted", "irregular", "corrected", "accepted"], FilingStatus.ACCEPTED, []),
    ],
)
def test_where_a_filing_stands(gate, events, steps, status, problems):
    gate.tell(events.declared(), *(getattr(events, step)() for step in steps))
    assert (standing(gate).filing_status, standing(gate).filing_problems) == (status, problems)


def test_a_correction_replaces_what_was_declared(gate, events):
    gate.tell(
        events.declared(),
        events.submitted(conditions=tuple(FilingCondition)),
        events.irregular(),
        events.corrected(),
    )
    assert standing(gate).filing_conditions == []


@pytest.mark.parametrize(
    ("steps", "vcpus"),
    [
        (["declared"], 64),
        (["declared", "submitted"], 64),
        (["declared", "submitted", "changed"], 16),
    ],
)
def test_on_the_filing_track_the_filed_plan_counts(gate, events, steps, vcpus):
    told = {
        "declared": events.declared(),
        "submitted": events.submitted(),
        "changed": events.changed(cloud_plan=Resources(vcpus=16)),
    }
    gate.tell(*(told[step] for step in steps))
    view = gate.get(f"/projects/{gate.project}/standing").json()
    assert view["planned"]["vcpus"] == vcpus


def test_on_the_full_track_the_approved_plan_counts_and_a_filed_change_does_not_raise_it(
    gate, events
):
    gate.tell(events.declared(track=Track.FULL_PROCESS, budget_yuan=1200000))
    path = f"/projects/{gate.project}/standing"
    assert gate.get(path).json()["planned"] is None
    gate.tell(events.approved(cloud_plan=Resources(vcpus=32)))
    assert gate.get(path).json()["planned"]["vcpus"] == 32
    gate.tell(events.changed(track=Track.FULL_PROCESS, cloud_plan=Resources(vcpus=512)))
    assert gate.get(path).json()["planned"]["vcpus"] == 32


@pytest.mark.parametrize("late", [False, True])
def test_on_the_full_track_an_approved_change_counts_once_it_is_filed(gate, events, late):
    larger = Resources(vcpus=128)
    filed = events.changed(
        track=Track.FULL_PROCESS,
        cloud_plan=larger,
        approved_plan=None if late else larger,
    )
    approval = events.change_approved(approved_plan=larger if late else None)
    gate.tell(
        events.declared(track=Track.FULL_PROCESS, budget_yuan=1200000),
        *([filed, approval] if late else [approval, filed]),
        # Review's events may come after those of intake that rest on them.
        events.approved(cloud_plan=Resources(vcpus=32)),
    )
    path = f"/projects/{gate.project}/standing"
    assert gate.get(path).json()["planned"]["vcpus"] == 128
    gate.tell(events.changed(track=Track.FULL_PROCESS, cloud_plan=larger, budget_yuan=1300000))
    assert gate.get(path).json()["planned"]["vcpus"] == 128


def test_a_project_that_asked_before_it_was_known_belongs_to_its_unit(gate, events, problem):
    early = gate.done("/allocations", gate.wish(), "unit", unit="亭湖区卫健委")
    assert early["unit"] == "亭湖区卫健委"
    portal = gate.ask()
    gate.in_good_standing()
    path = f"/allocations/{early['id']}"
    for request in (gate.get(path, "unit", unit="亭湖区卫健委"),):
        problem(request, 403, "not_your_unit")
    answer = gate.post(f"{path}/reconsideration", as_="unit", unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")
    assert gate.get("/allocations", "unit", unit="亭湖区卫健委").json()["items"] == []
    own = gate.get("/allocations", "unit").json()["items"]
    assert [item["id"] for item in own] == [early["id"], portal["id"]]
    assert {row.unit for row in gate.rows(Allocation)} == {"亭湖区教育局"}


def test_what_does_not_concern_the_gate_is_passed_over(gate, events):
    now = events.declared().declared_at
    outcomes = gate.tell(
        events.declared(),
        intake.ProjectPlanAdopted(project_id=gate.project, plan_year=2027, adopted_at=now),
        intake.RectificationOrdered(
            project_id=gate.project,
            order_id=ORDER,
            problem="日志留存不足。",
            due_on=now.date(),
            ordered_at=now,
        ),
        events.cleared(ORDER),
    )
    assert outcomes == {Outcome.DONE: 2, Outcome.SKIPPED: 2}
    assert gate.count(Suspension) == 0
    assert gate.get(f"/projects/{gate.project}/standing").json()["positions"] == {"intake": 4}


def test_only_the_producers_it_follows_are_heard(gate):
    assert {contract.source for contract in gate.runtime.service.handlers} == {"intake", "review"}
    assert not any(
        issubclass(contract, cloud_alloc.AllocationGranted)
        for contract in gate.runtime.service.handlers
    )
