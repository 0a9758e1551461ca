"""What is dated before a project could be carried out is not this project's (Arts 6, 12, 26)."""

from datetime import date

import pytest

from govproject.terms import Track

REVIEWED = date(2026, 2, 3)
COMPLETION, TRIAL = "completion", "trials"


def day(path: str, on: str) -> dict[str, str]:
    return {"completed_on" if path == COMPLETION else "started_on": on}


def found(problem, rule):
    (finding,) = [f for f in problem["findings"] if (f["rule"], f["severity"]) == (rule, "block")]
    return finding


def warned(view, rule):
    return [f["message"] for f in view["warnings"] if f["rule"] == rule]


@pytest.mark.parametrize(("path", "step"), [(COMPLETION, "建设完成登记"), (TRIAL, "试运行")])
def test_an_unfiled_project_is_neither_completed_nor_tried(acceptance, events, path, step):
    """Declared today and nothing else, with days of before: nothing stopped it."""
    acceptance.tell(events.small())
    for on in ("2001-01-01", "2026-08-03"):
        problem = acceptance.refused(path, day(path, on))
        finding = found(problem, "no_start_before_filing")
        assert finding["article"] == "6"
        assert f"不能办理{step}" in finding["message"]
        assert "提交报备" in finding["remedy"]


@pytest.mark.parametrize("path", [COMPLETION, TRIAL])
def test_no_day_before_the_internal_review(acceptance, events, path):
    acceptance.tell(events.small(), events.filing(reviewed_on=REVIEWED), events.filed())
    problem = acceptance.refused(path, day(path, "2026-02-02"))
    finding = found(problem, "no_start_before_filing")
    assert finding["article"] == "6"
    assert "2026-02-02早于内部技术审查论证日期2026-02-03" in finding["message"]
    assert "请核对日期" in finding["remedy"]
    acceptance.do(path, day(path, "2026-02-03"))


def test_a_filing_of_a_later_day_shows_an_earlier_review(acceptance, events):
    """Art 27 has it filed before acceptance, so construction may have been completed before."""
    acceptance.tell(events.small(), events.filing(reviewed_on=REVIEWED))
    acceptance.do(COMPLETION, {"completed_on": "2026-06-30"})


def test_an_irregular_filing_shows_none(acceptance, events):
    told = events.filing(reviewed_on=REVIEWED), events.irregular()
    acceptance.tell(events.small(), *told)
    problem = acceptance.refused(COMPLETION, {"completed_on": "2026-06-30"})
    assert "报备信息不规范" in found(problem, "no_start_before_filing")["message"]
    acceptance.tell(events.corrected(reviewed_on=REVIEWED))
    acceptance.do(COMPLETION, {"completed_on": "2026-06-30"})


def test_a_day_that_an_older_build_did_not_keep_is_pointed_out(acceptance, events):
    acceptance.tell(events.small(), events.filing(), events.filed())
    view = acceptance.do(COMPLETION, {"completed_on": "2026-06-30"})
    (unknown, early) = warned(view, "no_start_before_filing")
    assert "没有收到报备的内部技术审查论证日期" in unknown
    assert "早于项目申报日期2026-08-03" in early


@pytest.mark.parametrize("path", [COMPLETION, TRIAL])
@pytest.mark.parametrize("track", Track)
def test_no_day_before_the_first_award(acceptance, events, bodies, track, path):
    """The trial, and what follows from it, cannot be over before anybody was to build."""
    begun = {
        Track.FILING: (events.small(), events.filing(reviewed_on=REVIEWED), events.filed()),
        Track.FULL_PROCESS: (events.declared(), events.approved()),
    }
    test = events.contract(subject="test", award_notice_on="2026-02-04")
    acceptance.tell(*begun[track], test, events.contract())
    if (track, path) == (Track.FULL_PROCESS, TRIAL):
        acceptance.fix_indicators()
        acceptance.do("preliminary-rounds", bodies.preliminary())
    problem = acceptance.refused(path, day(path, "2026-02-09"))
    finding = found(problem, "carried_out_after_award")
    assert finding["article"] == "12"
    assert "2026-02-09早于最早的中标通知书日期2026-02-10" in finding["message"]
    assert "请核对日期" in finding["remedy"]


class TestOnRecord:
    """Days that were recorded before the contract, or before anybody asked for its award."""

    @pytest.fixture
    def late(self, acceptance, events, bodies):
        """Completed, tried and tested in spring, and awarded in July: filed, and just below."""
        review = events.filing(reviewed_on=date(2026, 1, 5))
        acceptance.tell(events.small(), review, events.filed())
        acceptance.do(COMPLETION, {"completed_on": "2026-02-01"})
        trial = acceptance.do(TRIAL, {"started_on": "2026-02-01"})
        acceptance.do(f"/trials/{trial['id']}/end", {"ended_on": "2026-05-15"})
        acceptance.do("test-reports", bodies.report(finished_on="2026-05-15"))
        july = date(2026, 7, 1)
        contract = events.contract(
            amount_yuan="999999.99", award_notice_on=july, contract_filed_on=july
        )
        acceptance.tell(contract, events.archived())
        acceptance.plan()
        acceptance.hand_in_materials()
        return acceptance

    def test_below_the_final_points_all_of_it_out(self, late, events, bodies):
        late.tell(events.archived())
        body = bodies.final(settled_yuan="999999.99")
        said = {
            f["rule"]: f["message"] for f in late.do("final-rounds", body)["decision"]["findings"]
        }
        assert "2026-02-01早于最早的中标通知书日期2026-07-01" in said["carried_out_after_award"]
        assert "不是本项目的试运行" in said["final_after_trial"]
        assert "CP-2026-017早于2026-07-01" in said["third_party_test_report"]

    def test_where_a_trial_is_needed_it_takes_another(self, late, events, bodies):
        raised = events.change_filed(budget_yuan=1050000)
        late.tell(events.change(), raised, events.approved(approved_yuan=1050000))
        late.fix_indicators()
        late.do("preliminary-rounds", bodies.preliminary(held_on="2026-07-02"))
        late.do("guidance", bodies.guidance(), "bureau")
        problem = late.refused("final-rounds", bodies.final(settled_yuan="900000.00"))
        assert {"final_after_trial", "third_party_test_report"} <= set(late.rules(problem))
        late.do(TRIAL, {"started_on": "2026-07-02"})


def test_an_approval_that_the_bureau_took_over_counts_as_one(acceptance, events, bodies):
    """It ran before the system was: approved, awarded and completed years before it is declared."""
    approved = events.approved(approved_on="2024-03-01")
    contract = events.contract(
        award_notice_on="2024-04-01", contract_filed_on="2024-04-10", amount_yuan="1150000.00"
    )
    acceptance.tell(events.declared(), events.pre_reviewed(), approved, contract)
    assert acceptance.do(COMPLETION, {"completed_on": "2024-12-01"})["warnings"] == []
    acceptance.fix_indicators()
    acceptance.do("preliminary-rounds", bodies.preliminary(held_on="2024-12-15"))
    assert acceptance.do(TRIAL, {"started_on": "2025-01-02"})["warnings"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (COMPLETION, "completed_on"),
        (TRIAL, "started_on"),
        ("test-reports", "finished_on"),
        ("preliminary-rounds", "held_on"),
        ("guidance", "agreed_on"),
    ],
)
def test_a_day_decades_ago_is_mistyped(acceptance, bodies, path, field):
    body = {
        "test-reports": bodies.report(),
        "preliminary-rounds": bodies.preliminary(),
        "guidance": bodies.guidance(),
    }.get(path, {}) | {field: "1990-01-01"}
    as_ = "bureau" if path == "guidance" else "unit"
    problem = acceptance.refused(path, body, "invalid_request", as_)
    assert [error["loc"] for error in problem["errors"]] == [["body", field]]
    assert problem["errors"][0]["msg"] == "日期1990-01-01距今超过30年，请核对年份"
