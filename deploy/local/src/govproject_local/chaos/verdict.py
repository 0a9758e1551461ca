"""Compares what was acknowledged with what the databases hold. Pure.

an acknowledged command   its events are in its producer's outbox, each once, and no others
an event of a producer    one row in the journal of every follower
a follower's journal      the numbers of each project of each producer grow
an inbox                  keeps nothing back; its cursors are at the producers' last numbers
relay and inbox           have counted as many events as there are
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govproject.persistence.tables import InboxState
from govproject_local.chaos.caller import Transaction
from govproject_local.chaos.evidence import FOLLOWS, Evidence, Written, by_slot


@dataclass(slots=True)
class Findings:
    """What is not as promised, a sentence each; all empty is the only good result."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    reordered: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    inconsistent: list[str] = field(default_factory=list)
    """Deferred for ever, a cursor or a count that disagrees."""

    def all(self) -> Iterator[str]:
        """Everything, the gravest first."""
        for found in (self.lost, self.duplicated, self.reordered, self.parked, self.inconsistent):
            yield from found


def judge(transactions: Sequence[Transaction], services: Mapping[str, Evidence]) -> Findings:
    """Hold the evidence against the promises.

    Args:
        transactions: every command that was acknowledged; none was left unanswered.
        services: what each service's database says, after everything has come to rest.
    """
    findings = Findings()
    _commands(findings, transactions, services)
    for consumer, evidence in services.items():
        for producer in FOLLOWS[consumer]:
            _effects(findings, consumer, evidence, producer, services[producer])
        _order(findings, consumer, evidence)
        _kept(findings, consumer, evidence)
    for name, evidence in services.items():
        _counts(findings, name, evidence, services)
    return findings


def _commands(
    findings: Findings, transactions: Sequence[Transaction], services: Mapping[str, Evidence]
) -> None:
    caused: dict[str, defaultdict[str, Counter[str]]] = {}
    for name, evidence in services.items():
        caused[name] = defaultdict(Counter)
        for event in evidence.outbox:
            if event.request_id is not None:
                caused[name][event.request_id][event.name] += 1
    for command in transactions:
        expected = Counter(command.events)
        found = caused[command.service].pop(command.request_id, Counter())
        what = f"command {command.request_id} of {command.service}"
        findings.lost += [
            f"{what}: {each} is not in the outbox" for each in (expected - found).elements()
        ]
        findings.duplicated += [
            f"{what}: {each} is there too often" for each in (found - expected).elements()
        ]
    told = {command.request_id for command in transactions}
    for name, rest in caused.items():
        # What other services' commands led to carries their id.
        findings.inconsistent += [
            f"{name} wrote {', '.join(events)} for command {request_id}, which nobody acknowledged"
            for request_id, events in rest.items()
            if request_id not in told
        ]


def _effects(
    findings: Findings, consumer: str, evidence: Evidence, producer: str, source: Evidence
) -> None:
    applied = Counter(row.event_id for row in evidence.journal if row.source == producer)
    for event in source.outbox:
        times = applied.pop(event.event_id, 0)
        if times == 0:
            published = "" if event.published else ", and is not published"
            findings.lost.append(
                f"{_event(producer, event)} is not applied in {consumer}{published}"
            )
        elif times > 1:
            findings.duplicated.append(
                f"{_event(producer, event)} is applied {times} times in {consumer}"
            )
    findings.inconsistent += [
        f"{consumer} applied event {event_id}, which {producer} never wrote" for event_id in applied
    ]
    findings.inconsistent += [
        f"{consumer} is at {evidence.cursors.get((producer, project), 0)} of {producer}'s project"
        f" {project}, which is at {last}"
        for project, last in source.streams.items()
        if evidence.cursors.get((producer, project), 0) != last
    ]


def _order(findings: Findings, consumer: str, evidence: Evidence) -> None:
    seen: set[str] = set()
    last: dict[tuple[str, str], int] = {}
    for row in evidence.journal:
        if row.event_id in seen:
            continue  # a duplicate, which is counted as one
        seen.add(row.event_id)
        stream = row.source, row.aggregate_id
        if row.aggregate_seq < last.get(stream, 0):
            findings.reordered.append(
                f"{consumer} applied {row.source} {row.aggregate_id} no. {row.aggregate_seq}"
                f" after no. {last[stream]}"
            )
        last[stream] = max(row.aggregate_seq, last.get(stream, 0))


def _kept(findings: Findings, consumer: str, evidence: Evidence) -> None:
    for row in evidence.kept:
        which = f"{row.source} {row.aggregate_id} no. {row.aggregate_seq} in {consumer}"
        if row.state == InboxState.PARKED:
            findings.parked.append(f"{which} is parked: {row.error}")
        else:
            findings.inconsistent.append(f"{which} waits for ever: {row.error}")


def _counts(
    findings: Findings, name: str, evidence: Evidence, services: Mapping[str, Evidence]
) -> None:
    if evidence.published and evidence.published != (true := by_slot(evidence.outbox)):
        findings.inconsistent.append(
            f"the relay of {name} counts {sum(evidence.published.values())} published events;"
            f" there are {true.total()}"
        )
    for producer in FOLLOWS[name]:
        received = {
            slot: count for (source, slot), count in evidence.received.items() if source == producer
        }
        if received and received != (true := by_slot(services[producer].outbox)):
            findings.inconsistent.append(
                f"{name} counts {sum(received.values())} events of {producer};"
                f" there are {true.total()}"
            )


def _event(producer: str, event: Written) -> str:
    return f"{event.name} ({producer} {event.aggregate_id} no. {event.aggregate_seq})"
