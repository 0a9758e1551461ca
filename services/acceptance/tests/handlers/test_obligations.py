from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts.acceptance import ObligationClosed
from govproject.contracts.intake import CALENDAR, ProjectDecommissioned, WorkingDaysAnnounced
from govproject.obligations import reminding
from govproject.terms import Veto
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.projection import Project

PROOF = {"proof": "已上传，编号SC-2026-88"}
BY_FILE = ("asset_registration", "upload_acceptance_report_1_month")


@pytest.fixture
def by_rule(accepted):
    return {o["rule"]: o for o in accepted.view()["obligations"]}


def close(acceptance, obligation, code=None):
    path = f"/obligations/{obligation['id']}/closure"
    body = PROOF | {"file_id": acceptance.handed_in()}
    return acceptance.refused(path, body, code) if code else acceptance.do(path, body)


class TestOpened:
    def test_what_follows_from_final_acceptance(self, by_rule):
        due = {rule: (o["due_on"], o["due_provisional"]) for rule, o in by_rule.items()}
        assert due == {
            "acceptance_required": (None, False),
            "trial_period_3_to_6_months": ("2026-10-01", False),
            "asset_registration": (None, False),
            "upload_acceptance_report_1_month": ("2026-09-03", False),
            "self_evaluation_12_months": ("2027-08-03", True),
            "owner_responsible": (None, False),
            "free_ops_start": ("2029-08-03", False),
        }
        assert {rule: o["article"] for rule, o in by_rule.items()} == {
            "acceptance_required": "19",
            "trial_period_3_to_6_months": "19",
            "asset_registration": "20",
            "upload_acceptance_report_1_month": "20",
            "self_evaluation_12_months": "21",
            "owner_responsible": "30",
            "free_ops_start": "31",
        }

    def test_each_is_published_after_the_final(self, accepted, by_rule):
        events = accepted.published()
        opened = accepted.published("obligation.opened")
        passed = next(n for n, event in enumerate(events) if event.name == "final.passed")
        *_, done = accepted.published("obligation.closed")
        assert events[passed + 1 :] == [done, *opened[2:]]
        assert [e.rule for e in opened[:2]] == ["acceptance_required", "trial_period_3_to_6_months"]
        assert {(e.rule, str(e.obligation_id)) for e in opened} == {
            (rule, o["id"]) for rule, o in by_rule.items()
        }
        (upload,) = [e for e in opened if e.rule == "upload_acceptance_report_1_month"]
        assert (upload.due_on, upload.due_provisional) == (date(2026, 9, 3), False)

    def test_operation_that_began_later_starts_the_self_evaluation(
        self, before_final, bodies, clock
    ):
        clock.set(2026, 8, 20)
        before_final.do("final-rounds", bodies.final(in_operation_on="2026-08-18"))
        (duty,) = [
            o
            for o in before_final.view()["obligations"]
            if o["rule"] == "self_evaluation_12_months"
        ]
        assert duty["due_on"] == "2027-08-18"


class TestClosed:
    def test_with_proof_and_once(self, accepted, by_rule, clock):
        duty = by_rule["asset_registration"]
        view = close(accepted, duty)
        assert (view["proof"], view["overdue"]) == (PROOF["proof"], False)
        assert view["closed_at"] is not None
        assert accepted.published("obligation.closed")[2:] == [
            ObligationClosed(
                project_id=accepted.project,
                obligation_id=UUID(duty["id"]),
                closed_at=clock(),
            )
        ]
        close(accepted, duty, "already_closed")

    @pytest.mark.parametrize("rule", BY_FILE)
    def test_what_is_to_be_uploaded_is_proven_by_a_file(self, accepted, by_rule, rule):
        path = f"/obligations/{by_rule[rule]['id']}/closure"
        assert "file_id" in accepted.refused(path, PROOF, "proof_file_missing")["detail"]
        nobodys = PROOF | {"file_id": str(UUID(int=5))}
        accepted.refused(path, nobodys, "file_unknown")
        file_id = accepted.handed_in()
        assert accepted.do(path, PROOF | {"file_id": file_id})["proof_file_id"] == file_id

    def test_a_surplus_returned_is_proven_by_a_file(self, before_final, bodies):
        before_final.do("final-rounds", bodies.final(settled_yuan="1100000.00"))
        duties = {o["rule"]: o for o in before_final.view()["obligations"]}
        path = f"/obligations/{duties['return_surplus']['id']}/closure"
        before_final.refused(path, PROOF, "proof_file_missing")

    def test_the_end_of_a_period_needs_no_file(self, accepted, by_rule, clock):
        clock.set(2029, 8, 4)
        path = f"/obligations/{by_rule['free_ops_start']['id']}/closure"
        assert accepted.do(path, PROOF)["proof_file_id"] is None

    @pytest.mark.parametrize(("day", "code"), [(3, "period_running"), (4, None)])
    def test_free_maintenance_lasts_until_its_last_day_is_over(
        self, accepted, by_rule, clock, day, code
    ):
        clock.set(2029, 8, day)
        close(accepted, by_rule["free_ops_start"], code)

    def test_a_late_proof_is_still_taken(self, accepted, by_rule, clock):
        clock.set(2026, 9, 4)
        view = close(accepted, by_rule["upload_acceptance_report_1_month"])
        assert view["overdue"] is False

    def test_a_unit_closes_its_own_only(self, accepted, by_rule):
        path = f"/obligations/{by_rule['asset_registration']['id']}/closure"
        answer = accepted.post(path, PROOF, "unit", unit="亭湖区民政局")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
        assert len(accepted.published("obligation.closed")) == 2


class TestOverdue:
    @pytest.mark.parametrize(
        ("day", "late"),
        [((2026, 9, 3), set()), ((2026, 9, 4), {"upload_acceptance_report_1_month"})],
    )
    def test_from_the_day_after_the_due_date(self, accepted, clock, day, late):
        clock.set(*day)
        shown = {o["rule"] for o in accepted.view()["obligations"] if o["overdue"]}
        assert shown == late

    def test_a_period_that_ran_out_is_not_late(self, accepted, clock):
        clock.set(2030, 1, 2)
        shown = {o["rule"] for o in accepted.view()["obligations"] if o["overdue"]}
        # The day of the self-evaluation is still an estimate: nobody is late before it is certain.
        assert shown == {"upload_acceptance_report_1_month"}


class TestBrowse:
    def test_by_status(self, accepted, by_rule):
        close(accepted, by_rule["asset_registration"])
        counts = {
            status: len(accepted.get(f"/obligations{status}").json()["items"])
            for status in ("", "?status=open", "?status=closed")
        }
        assert counts == {"": 7, "?status=open": 4, "?status=closed": 3}

    def test_in_pages(self, accepted, by_rule):
        seen, cursor = [], ""
        while cursor is not None:
            page = accepted.get(f"/obligations?limit=3{cursor and f'&cursor={cursor}'}").json()
            seen += [o["rule"] for o in page["items"]]
            cursor = page["next_cursor"]
        assert sorted(seen) == sorted(by_rule)

    def test_a_unit_sees_its_own(self, accepted):
        assert len(accepted.get("/obligations", "unit").json()["items"]) == 7
        others = accepted.get("/obligations?status=open", "unit", unit="亭湖区民政局").json()
        assert others == {"items": [], "next_cursor": None}

    @pytest.mark.parametrize("query", ["status=late", "limit=0", "sort=due_on"])
    def test_a_query_that_makes_no_sense(self, acceptance, query):
        answer = acceptance.get(f"/obligations?{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


class TestCalendar:
    def test_the_self_evaluation_moves_off_a_day_that_is_not_worked(self, accepted, clock):
        days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
        off = {each for each in days if each.isoweekday() > 5} | {date(2027, 8, 3)}
        accepted.tell(
            WorkingDaysAnnounced(
                project_id=CALENDAR,
                notice="国办发明电〔2026〕7号",
                working_days=tuple(each for each in days if each not in off),
                days_off=tuple(sorted(off)),
                imported_by="bureau",
                imported_at=datetime(2026, 11, 4, 9, 0, tzinfo=SHANGHAI),
            )
        )
        (moved,) = accepted.published("obligation.rescheduled")
        assert (moved.rule, moved.previous_due_on, moved.due_on, moved.due_provisional) == (
            "self_evaluation_12_months",
            date(2027, 8, 3),
            date(2027, 8, 4),
            False,
        )
        clock.set(2027, 8, 5)
        while reminding.notice_next(accepted.runtime.db, KEEPER.events, clock()):
            pass
        said = {e.rule for e in accepted.published("obligation.overdue")}
        assert said == {"upload_acceptance_report_1_month", "self_evaluation_12_months"}


class TestDecommissioned:
    """Nobody ends a trial, holds a final or records operation any more (Art 34)."""

    @pytest.fixture
    def failed(self, before_final, bodies):
        before_final.do("final-rounds", bodies.final(Veto.XINCHUANG, rectify_by="2026-09-30"))
        return before_final

    @pytest.fixture(
        params=[
            ("in_trial", "trial_period_3_to_6_months"),
            ("failed", "failed_final_rectify"),
            ("accepted", "owner_responsible"),
        ]
    )
    def stopped(self, request):
        fixture, rule = request.param
        return request.getfixturevalue(fixture), rule

    def duty(self, acceptance, rule):
        (found,) = [o for o in acceptance.view()["obligations"] if o["rule"] == rule]
        return found

    def test_what_only_a_final_or_operation_closes_ends(self, stopped, clock):
        acceptance, rule = stopped
        closed_before = len(acceptance.published("obligation.closed"))
        acceptance.tell(
            ProjectDecommissioned(
                project_id=acceptance.project, reason="职能划转", reported_at=clock()
            )
        )
        duty = self.duty(acceptance, rule)
        assert (duty["proof"], duty["closed_at"]) == ("项目已报停用", "2026-08-03T09:30:00+08:00")
        (told,) = acceptance.published("obligation.closed")[closed_before:]
        assert str(told.obligation_id) == duty["id"]

    def test_what_an_older_build_left_open_the_unit_closes(self, stopped, clock):
        acceptance, rule = stopped
        with acceptance.runtime.db.write() as session:
            session.get_one(Project, acceptance.project).decommissioned_at = clock()
        close(acceptance, self.duty(acceptance, rule))
        assert self.duty(acceptance, rule)["closed_at"] is not None

    def test_acceptance_itself_stays_owed(self, failed, clock):
        failed.tell(
            ProjectDecommissioned(project_id=failed.project, reason="职能划转", reported_at=clock())
        )
        assert self.duty(failed, "acceptance_required")["closed_at"] is None
