"""A failed final is followed by rectification, then by a new application (Art 20)."""

from datetime import date

import pytest

from govproject.obligations import reminding
from govproject.terms import Veto
from govproject_acceptance.handlers.obligations import KEEPER

FOUND = (Veto.XINCHUANG, Veto.INDICATORS)


@pytest.fixture
def failed(before_final, bodies):
    """Its final failed for two reasons on 3 August."""
    before_final.do("final-rounds", bodies.final(*FOUND))
    return before_final


def body(failed, **changes: object):
    return {
        "veto": "xinchuang",
        "rectified_on": "2026-08-04",
        "rectification": "已完成适配改造",
        "file_id": failed.handed_in(),
        **changes,
    }


def path(failed):
    return f"/final-rounds/{failed.view()['final_rounds'][-1]['id']}/rectifications"


def test_no_final_passes_the_minute_after_one_failed(failed, bodies):
    problem = failed.refused("final-rounds", bodies.final())
    assert failed.rules(problem) == [
        "ge_100_final_under_guidance",
        "failed_final_rectify",
        "failed_final_rectify",
    ]
    same_day, left = [f for f in problem["findings"] if f["article"] == "20"]
    assert "2026-08-03不合格" in same_day["message"]
    assert left["fact"] == {"not_rectified": ["xinchuang", "indicators"]}
    assert "佐证材料" in left["remedy"]


def test_each_case_is_mended_and_a_new_guidance_agreed(failed, bodies, clock):
    clock.set(2026, 8, 5)
    again = bodies.final(held_on="2026-08-05")
    failed.do(path(failed), body(failed))
    problem = failed.refused("final-rounds", again)
    assert failed.rules(problem) == ["ge_100_final_under_guidance", "failed_final_rectify"]
    assert problem["findings"][-1]["fact"] == {"not_rectified": ["indicators"]}
    failed.do(path(failed), body(failed, veto="indicators", rectified_on="2026-08-05"))
    late = failed.refused("final-rounds", bodies.final(held_on="2026-08-04"))
    assert "failed_final_rectify" in failed.rules(late)
    failed.do("guidance", bodies.guidance(agreed_on="2026-08-05"), "bureau")
    assert failed.do("final-rounds", again)["passed"] is True
    shown = failed.view()["rectifications"]
    assert [(each["veto"], each["rectified_on"]) for each in shown] == [
        ("xinchuang", "2026-08-04"),
        ("indicators", "2026-08-05"),
    ]


def duties(acceptance):
    found = [o for o in acceptance.view()["obligations"] if o["rule"] == "failed_final_rectify"]
    return [(o["due_on"], o["article"], o["closed_at"] is not None) for o in found]


def test_the_limit_is_a_duty_until_the_unit_applies_again(failed, bodies, clock):
    assert duties(failed) == [("2026-09-30", "20", False)]
    (duty,) = [o for o in failed.view()["obligations"] if o["rule"] == "failed_final_rectify"]
    closure = {"proof": "已整改", "file_id": failed.handed_in()}
    problem = failed.refused(f"/obligations/{duty['id']}/closure", closure, "closed_by_next_final")
    assert "第20条" in problem["detail"]
    clock.set(2026, 9, 24)
    while reminding.notice_next(failed.runtime.db, KEEPER.events, clock()):
        pass
    (near,) = failed.published("obligation.near")
    assert (near.rule, near.due_on) == ("failed_final_rectify", date(2026, 9, 30))
    clock.set(2026, 10, 8)
    while reminding.notice_next(failed.runtime.db, KEEPER.events, clock()):
        pass
    (late,) = failed.published("obligation.overdue")
    assert (late.rule, late.noticed_on) == ("failed_final_rectify", date(2026, 10, 8))
    failed.mend_final("2026-10-08")
    again = bodies.final(Veto.INDICATORS, held_on="2026-10-08", rectify_by="2026-11-01")
    assert failed.do("final-rounds", again)["passed"] is False
    assert duties(failed) == [("2026-09-30", "20", True), ("2026-11-01", "20", False)]
    clock.set(2026, 10, 20)
    failed.mend_final("2026-10-20")
    assert failed.do("final-rounds", bodies.final(held_on="2026-10-20"))["passed"] is True
    assert [closed for *_, closed in duties(failed)] == [True, True]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"veto": "digital_assets"}, "veto_not_found"),
        ({"rectified_on": "2026-08-02"}, "rectified_before_meeting"),
        ({"rectified_on": "2026-08-04"}, "date_in_future"),
        ({"file_id": None}, "invalid_request"),
        ({"rectification": ""}, "invalid_request"),
    ],
)
def test_bad_records(failed, changes, code):
    given = body(failed, rectified_on="2026-08-03") | changes
    failed.refused(path(failed), given, code)


def test_a_case_is_recorded_once(failed):
    given = body(failed, rectified_on="2026-08-03")
    failed.do(path(failed), given)
    failed.refused(path(failed), given, "already_rectified")
