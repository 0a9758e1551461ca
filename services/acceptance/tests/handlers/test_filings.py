"""What the filing declares and where it stands decides on building and meetings (Arts 26, 27)."""

import pytest

from govproject.terms import FilingCondition

COMPLETED = {"completed_on": "2026-08-03"}


@pytest.fixture
def excluded(acceptance, events):
    """A small project that its unit builds itself and files as built a second time."""
    acceptance.tell(events.small(), events.filing(FilingCondition.DUPLICATE))
    acceptance.do("contract-absence", {"reason": "本单位自行开发"})
    return acceptance


def test_what_declares_a_condition_is_neither_begun_nor_completed(excluded, bodies):
    """It signs no contract, so intake's refusal of one never met it."""
    for path, body, step in (
        ("implementation-plans", bodies.plans(excluded.handed_in()), "实施启动"),
        ("completion", COMPLETED, "建设完成登记"),
    ):
        problem = excluded.refused(path, body)
        assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]
        (finding,) = problem["findings"][:1]
        assert (finding["article"], finding["clause"]) == ("26", "2")
        assert "不符合统一规划或重复建设" in finding["message"]
        assert step in finding["message"]
        assert "例外" in finding["remedy"]


def test_nor_is_it_met_for(excluded, bodies):
    problem = excluded.refused("final-rounds", bodies.final(settled_yuan="0.00"))
    assert "no_building_in_an_excluded_case" in excluded.rules(problem)


@pytest.mark.parametrize("way", ["mended", "excepted", "found regular"])
def test_what_settles_it(excluded, events, way):
    told = {
        "mended": (events.irregular(), events.corrected()),
        "excepted": (events.exception("filing_duplicate"),),
        "found regular": (events.filed(),),
    }
    excluded.tell(*told[way])
    excluded.do("completion", COMPLETED)


def test_an_exception_for_another_condition_does_not(excluded, events):
    excluded.tell(events.exception("filing_security"))
    problem = excluded.refused("completion", COMPLETED)
    assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]


def test_what_a_change_sent_back_has_it_open_again(excluded, events):
    excluded.tell(events.filed(), events.filing(FilingCondition.DUPLICATE))
    problem = excluded.refused("completion", COMPLETED)
    assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]


def test_declarations_that_an_older_build_did_not_keep_are_pointed_out(acceptance, events):
    acceptance.tell(events.small(), events.irregular())
    body = {"project_id": str(acceptance.project), "suppose": {"stage": "completion"}}
    answer = acceptance.post("/checks/acceptance", body).json()
    found = {f["rule"]: f["severity"] for f in answer["findings"]}
    assert found["no_building_in_an_excluded_case"] == "warn"
