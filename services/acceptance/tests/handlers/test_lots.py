"""Lots are accepted one by one, the project as a whole (Art 19)."""

from uuid import UUID

import pytest

from govproject.terms import FinalMaterial

FIRST, SECOND = (UUID(int=number) for number in (101, 102))
SETTLED = "800000.00"


@pytest.fixture
def two_lots(acceptance, events):
    """A small project, ready for its final, that was awarded in two lots."""
    acceptance.tell(
        events.small(),
        events.filed(),
        events.contract(contract_id=FIRST, contractor="甲公司"),
        events.contract(contract_id=SECOND, contractor="乙公司"),
        events.archived(),
    )
    acceptance.plan()
    acceptance.hand_in_materials()
    return acceptance


@pytest.fixture
def lot(two_lots, bodies):
    file_id = two_lots.handed_in()
    return lambda contract, **changes: bodies.lot(str(contract), file_id, **changes)


def test_the_whole_waits_for_every_lot(two_lots, bodies, lot):
    (finding,) = [
        f
        for f in two_lots.refused("final-rounds", bodies.final(settled_yuan=SETTLED))["findings"]
        if f["rule"] == "multi_lot_overall"
    ]
    assert finding["fact"] == {"lots": 2, "not_accepted": ["甲公司", "乙公司"]}
    two_lots.do("lot-acceptances", lot(FIRST))
    problem = two_lots.refused("final-rounds", bodies.final(settled_yuan=SETTLED))
    assert two_lots.rules(problem) == ["multi_lot_overall"]
    two_lots.do("lot-acceptances", lot(SECOND))
    assert two_lots.do("final-rounds", bodies.final(settled_yuan=SETTLED))["passed"] is True


def test_a_lot_accepted_after_the_meeting_comes_too_late(two_lots, bodies, lot):
    two_lots.do("lot-acceptances", lot(FIRST))
    two_lots.do("lot-acceptances", lot(SECOND, held_on="2026-08-03"))
    problem = two_lots.refused(
        "final-rounds", bodies.final(held_on="2026-08-02", settled_yuan=SETTLED)
    )
    assert "multi_lot_overall" in two_lots.rules(problem)


def test_the_whole_needs_its_own_self_evaluation(acceptance, events, bodies):
    acceptance.tell(
        events.small(),
        events.filed(),
        events.contract(contract_id=FIRST),
        events.contract(contract_id=SECOND),
        events.archived(),
    )
    acceptance.plan()
    for kind in (FinalMaterial.PRESENTATION, FinalMaterial.DOCUMENTS):
        acceptance.do("final-materials", {"kind": kind, "file_id": acceptance.handed_in(text=kind)})
    for contract in (FIRST, SECOND):
        acceptance.do("lot-acceptances", bodies.lot(str(contract), acceptance.handed_in()))
    problem = acceptance.refused("final-rounds", bodies.final(settled_yuan=SETTLED))
    assert acceptance.rules(problem) == ["final_materials", "multi_lot_overall"]


def test_the_lots_are_shown(two_lots, lot):
    held = two_lots.do("lot-acceptances", lot(SECOND))
    view = two_lots.view()
    assert sorted((each["contractor"], each["accepted_on"]) for each in view["lots"]) == [
        ("乙公司", "2026-07-20"),
        ("甲公司", None),
    ]
    assert view["lot_rounds"] == [held]
    assert held["decision"]["outcome"] == "allowed"


def test_a_failed_lot_is_tried_again(two_lots, lot):
    failed = lot(FIRST, passed=False, reasons=["设备未到货"])
    assert two_lots.do("lot-acceptances", failed)["passed"] is False
    assert two_lots.do("lot-acceptances", lot(FIRST))["passed"] is True
    two_lots.refused("lot-acceptances", lot(FIRST), "lot_accepted")


@pytest.mark.parametrize(("held_on", "held"), [("2026-07-04", False), ("2026-07-05", True)])
def test_no_lot_is_accepted_before_its_own_contract(two_lots, events, lot, held_on, held):
    """The other lots' contracts are on record long before."""
    third = UUID(int=103)
    two_lots.tell(
        events.contract(
            contract_id=third,
            amount_yuan="100000.00",
            award_notice_on="2026-07-01",
            contract_filed_on="2026-07-05",
        )
    )
    if held:
        two_lots.do("lot-acceptances", lot(third, held_on=held_on))
    else:
        two_lots.refused("lot-acceptances", lot(third, held_on=held_on), "lot_before_contract")


def test_an_unfiled_change_forbids_a_lots_meeting_too(two_lots, events, lot):
    two_lots.tell(events.change())
    problem = two_lots.refused("lot-acceptances", lot(FIRST, held_on="2026-08-03"))
    assert two_lots.rules(problem) == ["no_change_filing_no_acceptance"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contract_id": str(UUID(int=9))}, "contract_unknown"),
        ({"held_on": "2026-08-04"}, "date_in_future"),
        ({"passed": False}, "invalid_request"),
        ({"reasons": ["无"]}, "invalid_request"),
        ({"file_id": str(UUID(int=5))}, "file_unknown"),
    ],
)
def test_bad_records(two_lots, lot, changes, code):
    two_lots.refused("lot-acceptances", lot(FIRST) | changes, code)


def test_supervision_and_testing_are_no_lots(two_lots, events, bodies, lot):
    third, fourth = UUID(int=103), UUID(int=104)
    two_lots.tell(
        events.contract(contract_id=third, contractor="监理公司", subject="supervision"),
        events.contract(contract_id=fourth, contractor="测评公司", subject="test"),
        events.archived(),
    )
    assert [each["contractor"] for each in two_lots.view()["lots"]] == ["甲公司", "乙公司"]
    two_lots.refused("lot-acceptances", lot(third), "not_a_lot")
    two_lots.refused("lot-acceptances", lot(fourth), "not_a_lot")
    facts = two_lots.view()["next_step"]["decision"]
    (waiting,) = [f for f in facts["findings"] if f["rule"] == "multi_lot_overall"]
    assert waiting["fact"] == {"lots": 2, "not_accepted": ["甲公司", "乙公司"]}


@pytest.mark.parametrize(("kind", "lots"), [("service", ["甲公司", "乙公司"]), ("new", [])])
def test_a_service_is_a_lot_of_a_service_project(acceptance, events, kind, lots):
    """What is built has its studies by contract as well; they are no part of it."""
    acceptance.tell(
        events.small(kind=kind),
        events.contract(contract_id=FIRST, contractor="甲公司", subject="goods"),
        events.contract(contract_id=SECOND, contractor="乙公司", subject="service"),
    )
    assert [each["contractor"] for each in acceptance.view()["lots"]] == lots


def test_what_builds_is_on_record_before_any_meeting(acceptance, events, bodies):
    acceptance.tell(events.declared(), events.approved(), events.contract(subject="service"))
    acceptance.fix_indicators()
    problem = acceptance.refused("preliminary-rounds", bodies.preliminary())
    assert acceptance.rules(problem) == ["contract_on_record"]


def test_a_terminated_contract_is_no_lot_any_more(two_lots, events, bodies, lot):
    two_lots.tell(events.terminated(FIRST, settled_yuan=100000))
    assert two_lots.view()["lots"] == []
    two_lots.refused("lot-acceptances", lot(FIRST), "not_a_lot")
    assert two_lots.do("final-rounds", bodies.final(settled_yuan="500000.00"))["passed"] is True


def test_with_its_only_contract_terminated_a_project_has_none(two_lots, events, bodies):
    two_lots.tell(events.terminated(FIRST), events.terminated(SECOND))
    problem = two_lots.refused("final-rounds", bodies.final(settled_yuan="0"))
    assert "contract_on_record" in two_lots.rules(problem)


def test_one_contract_is_no_lot(acceptance, events, bodies):
    acceptance.tell(events.small(), events.contract(contract_id=FIRST))
    assert acceptance.view()["lots"] == []
    body = bodies.lot(str(FIRST), acceptance.handed_in())
    acceptance.refused("lot-acceptances", body, "single_lot")
