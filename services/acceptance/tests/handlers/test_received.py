"""What other services' events change, in whatever order their producers' events arrive."""

from collections import Counter
from itertools import permutations
from uuid import UUID

import pytest

from govproject.contracts import intake
from govproject.messaging.receiving import Outcome
from govproject.terms import ProjectKind

PROJECT = UUID(int=7)


def test_the_order_between_producers_does_not_matter(acceptance, events):
    told = (events.declared, events.approved, events.archived)
    views = []
    for number, order in enumerate(permutations(told), start=100):
        project_id = UUID(int=number)
        outcomes = acceptance.tell(*(event(project_id) for event in order))
        assert outcomes == Counter({Outcome.DONE: 3})
        view = acceptance.get(f"/projects/{project_id}").json()
        views.append((view["approval_number"], view["archive_check_passed"], view["state"]))
    assert views == [("亭数批〔2026〕12号", True, "building")] * 6


def test_a_project_that_is_not_declared_here_yet_is_not_found(acceptance, events):
    acceptance.tell(events.approved())
    assert acceptance.get(f"/projects/{PROJECT}").status_code == 404


def test_an_event_of_no_interest_is_passed_over(acceptance, events, clock):
    registered = intake.ProjectRegistered(
        project_id=PROJECT, city_system_ref="320902-2026-0001", registered_at=clock()
    )
    outcomes = acceptance.tell(events.declared(), registered, events.filed())
    assert outcomes == Counter({Outcome.DONE: 2, Outcome.SKIPPED: 1})


def test_the_filing_follows_intake(acceptance, events, clock):
    filing = {"project_id": PROJECT, "filing_id": UUID(int=1)}
    content = {"conditions": (), "cloud_plan": None}
    acceptance.tell(events.small())
    seen = [acceptance.view()["filing_status"]]
    for event in (
        intake.FilingSubmitted(**filing, **content, submitted_at=clock()),
        intake.FilingFoundIrregular(**filing, reasons=("缺少清单",), found_at=clock()),
        intake.FilingCorrected(**filing, **content, corrected_at=clock()),
        intake.FilingAccepted(**filing, accepted_at=clock()),
    ):
        acceptance.tell(event)
        seen.append(acceptance.view()["filing_status"])
    assert seen == ["none", "submitted", "irregular", "submitted", "accepted"]


def test_a_filed_change_gives_the_project_its_new_amount_and_track(built, events):
    built.tell(events.change())
    assert built.view()["unfiled_changes"] == 1
    built.tell(events.change_filed(budget_yuan=900000))
    view = built.view()
    assert view["unfiled_changes"] == 0
    assert (view["budget_yuan"], view["track"]) == ("900000.00", "filing")


def test_a_withdrawn_change_holds_up_nothing(built, events, bodies):
    built.tell(events.change())
    built.refused("preliminary-rounds", bodies.preliminary(), "refused")
    built.tell(events.change_withdrawn())
    assert built.view()["unfiled_changes"] == 0
    built.do("preliminary-rounds", bodies.preliminary())


def test_a_later_archive_check_replaces_an_earlier_one(built, events):
    built.tell(events.archived(), events.archive_failed())
    assert built.view()["archive_check_passed"] is False
    built.tell(events.archived())
    assert built.view()["archive_check_passed"] is True


def test_a_decommissioned_project_goes_no_further(built, events, bodies, clock):
    built.tell(
        intake.ProjectDecommissioned(project_id=PROJECT, reason="职能划转", reported_at=clock())
    )
    built.refused("preliminary-rounds", bodies.preliminary(), "decommissioned")
    assert built.view()["decommissioned_at"] is not None


def test_a_granted_exception_is_among_the_facts_of_later_decisions(built, events):
    before = built.view()["next_step"]["decision"]
    built.tell(events.exception("prelim_participants"))
    after = built.view()["next_step"]["decision"]
    assert after["facts_digest"] != before["facts_digest"]
    # None of the regulation's rules of acceptance can be lifted.
    assert after["outcome"] == "refused"


@pytest.mark.parametrize("kind", ProjectKind)
def test_every_kind_of_project_is_known(acceptance, events, kind):
    acceptance.tell(events.declared(kind=kind))
    assert acceptance.view()["kind"] == kind
