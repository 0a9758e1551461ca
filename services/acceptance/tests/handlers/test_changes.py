"""What was changed with a filing alone, after the approval, fails the final (Art 19 veto 4)."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlmodel import select

from govproject.clock import SHANGHAI
from govproject.terms import ChangeAspect, FilingStatus, Track
from govproject_acceptance.projection import Change, Project

MAY = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)
APPROVED_ON = datetime(2026, 2, 3, 9, tzinfo=SHANGHAI)


def filed(acceptance, events, *aspects: ChangeAspect, at=MAY):
    acceptance.tell(events.change(at=at, aspects=aspects), events.change_filed(at=at))


def failing(bodies):
    return bodies.final(rectify_by="2026-09-30")


@pytest.mark.parametrize(
    "aspect", [ChangeAspect.CONTENT, ChangeAspect.SCALE, ChangeAspect.AMOUNT], ids=str
)
def test_one_that_nobody_approved_fails_it_whatever_was_ticked(
    before_final, events, bodies, aspect
):
    filed(before_final, events, aspect, ChangeAspect.RESPONSIBILITY)
    view = before_final.do("final-rounds", failing(bodies))
    assert (view["passed"], view["found"]) == (False, ["unapproved_major_change"])
    (finding,) = view["decision"]["findings"]
    assert finding["fact"]["unapproved"] == [f"{aspect.zh}变更（2026-05-06报备）"]


def test_an_approval_that_follows_makes_up_for_it(before_final, events, bodies):
    filed(before_final, events, ChangeAspect.CONTENT)
    page = before_final.view()["next_step"]["decision"]["findings"]
    assert "veto_unapproved_major_change" in [finding["rule"] for finding in page]
    before_final.tell(events.change_approved())
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_who_is_responsible_is_none_of_the_approvals(before_final, events, bodies):
    filed(before_final, events, ChangeAspect.RESPONSIBILITY)
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_what_was_filed_by_the_day_of_the_approval_was_approved_with_it(
    before_final, events, bodies
):
    filed(before_final, events, ChangeAspect.CONTENT, at=APPROVED_ON)
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_what_an_older_build_took_in_is_left_to_the_experts(before_final, events, bodies):
    filed(before_final, events, ChangeAspect.CONTENT)
    with before_final.runtime.db.write() as session:
        session.exec(select(Change).where(Change.id == UUID(int=1))).one().approved = None
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_the_filing_track_has_nobody_who_approves(before_final, events, bodies):
    filed(before_final, events, ChangeAspect.CONTENT)
    with before_final.runtime.db.write() as session:
        project = session.exec(select(Project)).one()
        project.track, project.filing_status = Track.FILING, FilingStatus.ACCEPTED
    view = before_final.do("final-rounds", bodies.final())
    assert view["passed"]
