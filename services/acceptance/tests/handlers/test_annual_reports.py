"""Once a year a unit reports on all its projects (Art 22)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts import intake
from govproject.messaging import outbox
from govproject.obligations import reminding
from govproject.terms import ProjectKind
from govproject_acceptance.handlers.annual_duties import open_next, stream
from govproject_acceptance.handlers.obligations import KEEPER

BUILT, BUILDING, OPERATED, LATER, OTHERS = (UUID(int=7), *(UUID(int=n) for n in range(21, 25)))
CIVIL = "亭湖区民政局"


@pytest.fixture
def unit(small, events, bodies, clock):
    """A unit with three projects in 2026 and one declared in the next year; another has one."""
    small.do("final-rounds", bodies.final(settled_yuan="999999.99"))
    small.tell(
        events.declared(BUILDING, project_name="智慧校园"),
        events.declared(OPERATED, project_name="平台运维", kind=ProjectKind.OPS),
        events.declared(LATER, declared_at=datetime(2027, 1, 1, tzinfo=SHANGHAI)),
        events.declared(OTHERS, unit=CIVIL),
    )
    clock.set(2027, 1, 20)
    return small


@pytest.fixture
def report(unit, bodies):
    file_id = unit.handed_in()
    return lambda *projects, **changes: bodies.annual_report(
        file_id, *(str(p) for p in projects or (BUILT, BUILDING, OPERATED)), **changes
    )


def missing(acceptance, year=2026):
    return acceptance.get(f"/annual-reports/{year}/missing-units").json()


def test_it_lists_what_is_built_building_and_operated(unit, report):
    view = unit.do("/annual-reports", report())
    assert [(p["project_name"], p["standing"]) for p in view["projects"]] == [
        ("智慧教育平台", "built"),
        ("智慧校园", "building"),
        ("平台运维", "operations"),
    ]
    assert (view["due_on"], view["late"], view["unit"]) == ("2027-01-31", False, "亭湖区教育局")


def test_a_project_left_out_is_named(unit, report):
    problem = unit.refused("/annual-reports", report(BUILT), "projects_left_out")
    assert "缺少2个：智慧校园、平台运维" in problem["detail"]
    assert "第22条" in problem["detail"]


@pytest.mark.parametrize(
    ("projects", "code"),
    [
        ((BUILT, BUILDING, OPERATED, LATER), "project_unknown"),
        ((BUILT, BUILDING, OPERATED, OTHERS), "project_unknown"),
        ((BUILT, BUILDING, OPERATED, BUILT), "project_twice"),
    ],
)
def test_only_the_units_projects_of_the_year(unit, report, projects, code):
    unit.refused("/annual-reports", report(*projects), code)


def test_a_unit_reports_once(unit, report):
    unit.do("/annual-reports", report())
    unit.refused("/annual-reports", report(), "already_reported")


@pytest.mark.parametrize(
    ("day", "code"), [((2026, 12, 30), "year_not_over"), ((2026, 12, 31), None)]
)
def test_from_the_last_day_of_the_year_on(unit, report, clock, day, code):
    clock.set(*day)
    if code:
        unit.refused("/annual-reports", report(), code)
    else:
        assert unit.do("/annual-reports", report())["year"] == 2026


@pytest.mark.parametrize(("day", "late"), [((2027, 1, 31), False), ((2027, 2, 1), True)])
def test_a_late_report_is_taken_and_marked(unit, report, clock, day, late):
    clock.set(*day)
    assert unit.do("/annual-reports", report())["late"] is late


def test_what_was_stopped_before_the_year_is_not_reported_on(unit, report, clock):
    for project, moment in (
        (BUILDING, datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI)),
        (OPERATED, datetime(2027, 1, 1, tzinfo=SHANGHAI)),
    ):
        unit.tell(
            intake.ProjectDecommissioned(project_id=project, reason="职能划转", reported_at=moment)
        )
    clock.set(2027, 12, 31)
    body = report(BUILT, OPERATED, LATER, year=2027)
    assert len(unit.do("/annual-reports", body)["projects"]) == 3


class TestMissing:
    def test_nobody_before_the_day_is_over(self, unit, clock):
        clock.set(2027, 1, 31)
        assert missing(unit) == {
            "year": 2026,
            "due_on": "2027-01-31",
            "overdue": False,
            "units": [],
        }

    def test_then_who_has_not_reported(self, unit, report, clock):
        clock.set(2027, 2, 1)
        assert missing(unit)["units"] == [
            {"unit": "亭湖区教育局", "projects": 3},
            {"unit": CIVIL, "projects": 1},
        ]
        unit.do("/annual-reports", report())
        assert missing(unit)["units"] == [{"unit": CIVIL, "projects": 1}]
        assert missing(unit, 2025)["units"] == []

    def test_for_the_bureau(self, unit):
        answer = unit.get("/annual-reports/2026/missing-units", "unit")
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
        assert unit.get("/annual-reports/1850/missing-units").status_code == 422


def test_reports_are_listed_and_a_unit_sees_its_own(unit, report):
    unit.do("/annual-reports", report())
    listed = {
        query: len(unit.get(f"/annual-reports{query}").json()["items"])
        for query in ("", "?year=2026", "?year=2025")
    }
    assert listed == {"": 1, "?year=2026": 1, "?year=2025": 0}
    assert len(unit.get("/annual-reports", "unit").json()["items"]) == 1
    assert unit.get("/annual-reports", "unit", unit=CIVIL).json()["items"] == []


@dataclass
class Given:
    """What the worker is given, of a running service."""

    db: Any
    clock: Any

    def publish(self, session, event):
        return outbox.append(session, event, now=self.clock())


def opened(unit, clock):
    """The duties that the worker opens today."""
    before = len(unit.published("obligation.opened"))
    while open_next(Given(unit.runtime.db, clock)):
        pass
    return unit.published("obligation.opened")[before:]


def test_from_the_last_day_of_a_year_on_each_unit_owes_its_report(unit, clock):
    clock.set(2026, 12, 30)
    assert opened(unit, clock) == []
    clock.set(2026, 12, 31)
    duties = opened(unit, clock)
    assert {(d.rule, d.due_on) for d in duties} == {("annual_department_report", date(2027, 1, 31))}
    assert {d.project_id for d in duties} == {stream("亭湖区教育局", 2026), stream(CIVIL, 2026)}
    assert opened(unit, clock) == []


def test_who_does_not_report_is_reminded_and_then_late(unit, report, clock):
    opened(unit, clock)
    unit.do("/annual-reports", report())
    clock.set(2027, 1, 25)
    while reminding.notice_next(unit.runtime.db, KEEPER.events, clock()):
        pass
    near = [e for e in unit.published("obligation.near") if e.rule == "annual_department_report"]
    assert [e.project_id for e in near] == [stream(CIVIL, 2026)]
    clock.set(2027, 2, 1)
    while reminding.notice_next(unit.runtime.db, KEEPER.events, clock()):
        pass
    late = [e for e in unit.published("obligation.overdue") if e.rule == "annual_department_report"]
    assert [(e.project_id, e.due_on) for e in late] == [(stream(CIVIL, 2026), date(2027, 1, 31))]
    shown = unit.get("/obligations?status=closed", "unit").json()["items"]
    assert "2026年度报告已报送" in {o["proof"] for o in shown}
    assert opened(unit, clock) == []


def test_only_the_report_closes_it(unit, clock):
    opened(unit, clock)
    items = unit.get("/obligations?status=open", "unit").json()["items"]
    (duty,) = [o for o in items if o["rule"] == "annual_department_report"]
    body = {"proof": "已报送", "file_id": unit.handed_in()}
    problem = unit.refused(f"/obligations/{duty['id']}/closure", body, "closed_by_report")
    assert "第22条" in problem["detail"]
