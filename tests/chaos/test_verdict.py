"""The judge finds in hand-made databases what was put there, and nothing where all is well."""

from uuid import UUID

import pytest
from sqlalchemy import delete, insert, update

from govproject.persistence.tables import InboxState, InboxTally, Outbox, RelaySlot, core
from govproject_local.chaos.caller import Transaction
from govproject_local.chaos.verdict import judge

PROJECT = UUID("0198a0c0-0000-7000-8000-000000000001")
COMMANDS = [
    Transaction("first", "intake", ("project.plan_adopted",)),
    Transaction("second", "intake", ("project.plan_adopted",)),
]


@pytest.fixture
def events(world, followers):
    """Two events about one project, applied by all."""
    made = [world.publish(PROJECT, command.request_id) for command in COMMANDS]
    for consumer in followers:
        for seq, event_id in enumerate(made, start=1):
            world.apply(consumer, PROJECT, event_id, seq)
    return made


def test_nothing_is_found_where_all_is_well(world, events):
    assert [*judge(COMMANDS, world.evidence()).all()] == []


def test_an_event_that_a_follower_never_applied_is_lost(world, followers):
    event = world.publish(PROJECT, "first")
    for consumer in followers[1:]:
        world.apply(consumer, PROJECT, event, 1)
    found = judge(COMMANDS[:1], world.evidence())
    assert len(found.lost) == 1
    assert f"is not applied in {followers[0]}" in found.lost[0]
    assert len(found.inconsistent) == 1  # the cursor
    assert (found.duplicated, found.reordered, found.parked) == ([], [], [])


def test_a_command_without_its_event_is_lost(world, events):
    unheard = Transaction("third", "intake", ("project.plan_adopted",))
    found = judge([*COMMANDS, unheard], world.evidence())
    assert found.lost == ["command third of intake: project.plan_adopted is not in the outbox"]


def test_a_command_that_took_effect_twice_is_duplicated(world, followers):
    for seq in (1, 2):
        event = world.publish(PROJECT, "first")
        for consumer in followers:
            world.apply(consumer, PROJECT, event, seq)
    found = judge(COMMANDS[:1], world.evidence())
    assert found.duplicated == ["command first of intake: project.plan_adopted is there too often"]
    assert [*found.all()] == found.duplicated


def test_an_event_of_no_acknowledged_command_is_inconsistent(world, events):
    found = judge(COMMANDS[:1], world.evidence())
    assert found.inconsistent == [
        "intake wrote project.plan_adopted for command second, which nobody acknowledged"
    ]


def test_an_event_applied_twice_is_duplicated(world, events, followers):
    world.apply(followers[0], PROJECT, events[1], 2)
    found = judge(COMMANDS, world.evidence())
    assert len(found.duplicated) == 1
    assert f"is applied 2 times in {followers[0]}" in found.duplicated[0]
    assert [*found.all()] == found.duplicated


def test_a_batch_applied_twice_is_not_called_reordered(world, events, followers):
    for seq, event in enumerate(events, start=1):
        world.apply(followers[0], PROJECT, event, seq)
    found = judge(COMMANDS, world.evidence())
    assert len(found.duplicated) == 2
    assert found.reordered == []


def test_events_applied_in_another_order_are_reordered(world, followers):
    first, second = (world.publish(PROJECT, command.request_id) for command in COMMANDS)
    for consumer in followers[1:]:
        world.apply(consumer, PROJECT, first, 1)
        world.apply(consumer, PROJECT, second, 2)
    world.apply(followers[0], PROJECT, second, 2)
    world.apply(followers[0], PROJECT, first, 1)
    found = judge(COMMANDS, world.evidence())
    assert found.reordered == [f"{followers[0]} applied intake {PROJECT} no. 1 after no. 2"]
    assert found.lost == found.duplicated == []


@pytest.mark.parametrize(
    ("state", "where"), [(InboxState.PARKED, "parked"), (InboxState.DEFERRED, "inconsistent")]
)
def test_what_is_kept_is_found_with_its_reason(world, events, followers, state, where):
    world.keep(followers[0], PROJECT, events[0], state)
    found = judge(COMMANDS, world.evidence())
    assert len(getattr(found, where)) == 1
    assert "ValueError: no" in getattr(found, where)[0]
    assert [*found.all()] == getattr(found, where)


def test_counts_that_disagree_are_inconsistent(world, events):
    slot = 35  # of this project
    with world.databases["intake"].write() as session:
        session.execute(delete(core(RelaySlot)))
        session.execute(insert(core(RelaySlot)).values(slot=slot, expires_at=0.0, published=2))
    with world.databases["archive"].write() as session:
        tally = {"consumer": "archive", "source": "intake", "slot": slot, "received": 2}
        session.execute(insert(core(InboxTally)).values(tally))
    assert [*judge(COMMANDS, world.evidence()).all()] == []

    with world.databases["intake"].write() as session:
        session.execute(update(core(RelaySlot)).values(published=3))
    with world.databases["archive"].write() as session:
        session.execute(update(core(InboxTally)).values(received=1))
    assert judge(COMMANDS, world.evidence()).inconsistent == [
        "the relay of intake counts 3 published events; there are 2",
        "archive counts 1 events of intake; there are 2",
    ]


def test_what_is_not_published_is_named(world, followers):
    event = world.publish(PROJECT, "first")
    for consumer in followers[1:]:
        world.apply(consumer, PROJECT, event, 1)
    with world.databases["intake"].write() as session:
        session.execute(update(core(Outbox)).values(published_at=None))
    [lost] = judge(COMMANDS[:1], world.evidence()).lost
    assert lost.endswith("and is not published")
