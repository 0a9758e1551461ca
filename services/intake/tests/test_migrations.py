"""What becomes of rows that older builds wrote."""

import importlib
import json
from datetime import date
from uuid import UUID

import pytest
from alembic.operations import Operations
from sqlalchemy import inspect, text
from sqlmodel import select

from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject_intake.app import SERVICE
from govproject_intake.tables import AnnualPlan, Contract, Filing, PlanEntry, Project

ADOPTED, DECLARED, CONTRACT, FILING = (UUID(int=number) for number in range(1, 5))
LATER = (
    "m0003_contracts",
    "m0004_schedules",
    "m0005_baseline",
    "m0006_spot_checks",
    "m0007_annual_plans",
    "m0008_results",
    "m0009_optimisation",
    "m0010_stages_reached",
    "m0011_exceptions",
    "m0012_evaluated_amount",
    "m0013_change_approvals",
    "m0014_pre_reviewed",
    "m0015_filing_declarations",
    "m0016_contract_subjects",
    "m0017_change_withdrawals",
    "m0018_first_internal_review",
    "m0019_contract_terminations",
    "m0020_internal_review_records",
    "m0021_filing_revisions",
    "m0022_service_notes",
    "m0023_rectification_reports",
    "m0024_contract_numbers",
    "m0025_award_notices",
    "m0026_procurement_methods",
    "m0027_quality_controls",
    "m0028_project_scope",
    "m0029_references_with_a_hyphen",
    "m0030_outsourcing_not_said",
    "m0031_reasons_of_entries",
    "m0032_recorded_by_mistake",
)
PROJECT = {
    "project_name": "智慧校园",
    "unit": "亭湖区教育局",
    "kind": "new",
    "budget_yuan": 30000000,
    "track": "filing",
    "plan_year": 2027,
    "builds_system": False,
    "deployment_target": "none",
    "responsible_body": "信息中心",
    "responsible_person": "张三",
    "policy_basis": json.dumps(["会议纪要"]),
    "rule_pack": "tinghu-2025",
    "declared_at": "2026-08-03 01:30:00",
}
A_CONTRACT = {
    "id": CONTRACT.hex,
    "project_id": ADOPTED.hex,
    "contractor": "盐城软件公司",
    "amount_yuan": 28000000,
    "award_notice_on": "2026-07-01",
    "contract_filed_on": "2026-07-20",
    "free_ops_months": 12,
    "personnel": "[]",
    "recorded_at": "2026-08-03 01:30:00",
}


@pytest.fixture
def old(tmp_path):
    """A database as the second revision left it."""
    db = Database(f"sqlite:///{tmp_path}/old.db")
    migrate.upgrade(db)
    _steps(db, "upgrade", "m0001_first_tables", "m0002_materials")
    yield db
    db.dispose()


def test_what_was_adopted_and_contracted_before_is_kept(old):
    with old.write() as session:
        for project, year in ((ADOPTED, 2027), (DECLARED, None)):
            _insert(session, "project", PROJECT | {"id": project.hex, "plan_adopted_year": year})
        without_personnel = {name: A_CONTRACT[name] for name in A_CONTRACT if name != "personnel"}
        _insert(session, "contract", without_personnel)
        filing = {
            "id": FILING.hex,
            "project_id": ADOPTED.hex,
            "status": "accepted",
            "internal_review_on": "2026-06-20",
            "conditions": "[]",
            "irregular_reasons": "[]",
            "submitted_at": "2026-08-03 01:30:00",
        }
        _insert(session, "filing", filing)
    _steps(old, "upgrade", *LATER)
    with old.read() as session:
        plan = session.exec(select(AnnualPlan)).one()
        assert (plan.plan_year, plan.version, plan.state, plan.opened_at) == (
            2027,
            1,
            "published",
            None,
        )
        entry = session.exec(select(PlanEntry)).one()
        assert (entry.project_id, entry.plan_year, entry.version) == (ADOPTED, 2027, 1)
        assert session.get_one(Project, DECLARED).optimisation_in_ops is None
        kept = session.get_one(Contract, CONTRACT)
        assert (kept.clauses, kept.personnel, kept.outsourced, kept.ends_on) == (
            {},
            [],
            False,
            None,
        )
        assert kept.subject == "construction"
        filed = session.get_one(Filing, FILING)
        assert filed.first_internal_review_on == date(2026, 6, 20)
        assert (filed.review_record_excused, filed.internal_review_record_file_id) == (True, None)
        assert (filed.revision, filed.decided_revision) == (1, None)


@pytest.mark.parametrize(
    ("status", "was_regular", "excused"),
    [
        ("accepted", False, True),
        ("accepted", True, True),
        ("submitted", False, False),
        ("submitted", True, True),
        ("irregular", False, False),
        ("irregular", True, False),
    ],
)
def test_only_what_was_found_regular_needs_no_record_of_its_review(
    old, status, was_regular, excused
):
    until = LATER.index("m0020_internal_review_records")
    _steps(old, "upgrade", *LATER[:until])
    with old.write() as session:
        _insert(session, "project", PROJECT | {"id": ADOPTED.hex})
        filing = {
            "id": FILING.hex,
            "project_id": ADOPTED.hex,
            "status": status,
            "internal_review_on": "2026-06-20",
            "conditions": "[]",
            "irregular_reasons": "[]",
            "submitted_at": "2026-08-03 01:30:00",
        }
        _insert(session, "filing", filing)
        if was_regular:
            reached = {"project_id": ADOPTED.hex, "stage": "filed", "reached_on": "2026-07-01"}
            _insert(session, "stage_reached", reached)
    _steps(old, "upgrade", *LATER[until:])
    with old.read() as session:
        assert session.get_one(Filing, FILING).review_record_excused is excused


def test_a_reference_with_another_dash_is_kept_with_a_hyphen_once(old):
    written = ["A\u20131", "Ａ－２", "B-1", "B\u20141", "C\u22121", "C\u20101"]
    until = LATER.index("m0029_references_with_a_hyphen")
    _steps(old, "upgrade", *LATER[:until])
    with old.write() as session:
        for number, reference in enumerate(written):
            named = {"id": UUID(int=number).hex, "city_system_ref": reference}
            _insert(session, "project", PROJECT | named)
    _steps(old, "upgrade", *LATER[until:])
    with old.read() as session:
        kept = [session.get_one(Project, UUID(int=n)).city_system_ref for n in range(len(written))]
    assert kept == ["A-1", "A-2", "B-1", "B\u20141", "C-1", "C\u20101"]


@pytest.mark.parametrize("outsourced", [True, False])
def test_what_was_said_of_outsourcing_stays_there_and_back(old, outsourced):
    until = LATER.index("m0030_outsourcing_not_said")
    _steps(old, "upgrade", *LATER[:until])
    with old.write() as session:
        _insert(session, "project", PROJECT | {"id": ADOPTED.hex})
        _insert(session, "contract", A_CONTRACT | {"outsourced": outsourced})
    for way, *steps in (("upgrade", *LATER[until:]), ("downgrade", *reversed(LATER[until:]))):
        _steps(old, way, *steps)
        with old.read() as session:
            kept = session.execute(text("SELECT outsourced FROM contract")).scalar_one()
        assert bool(kept) is outsourced


def test_the_build_before_goes_on_beside_contracts_that_leave_outsourcing_open(old):
    _steps(old, "upgrade", *LATER)
    with old.write() as session:
        _insert(session, "project", PROJECT | {"id": ADOPTED.hex})
        _insert(session, "contract", A_CONTRACT | {"outsourced": False})
    with old.read() as session:
        assert session.exec(select(Contract)).one().outsourcing_not_said is False
        columns = inspect(session.connection()).get_columns("contract")
    known = {column["name"]: column["nullable"] for column in columns}
    assert known["outsourced"] is False


def test_every_revision_can_be_taken_back(old):
    _steps(old, "upgrade", *LATER)
    _steps(old, "downgrade", *reversed(LATER), "m0002_materials", "m0001_first_tables")
    with old.read() as session:
        tables = session.connection().dialect.get_table_names(session.connection())
    assert not {"project", "annual_plan", "evaluation", "spot_check"} & set(tables)


def _steps(db, direction, *names: str):
    with db.write() as session:
        context = next(
            history
            for history in migrate._histories(SERVICE.package)
            if history.package == SERVICE.package
        ).context(session.connection())
        with Operations.context(context):
            for name in names:
                module = importlib.import_module(f"{SERVICE.package}.migrations.{name}")
                getattr(module, direction)()


def _insert(session, table, values):
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), values)  # noqa: S608  # our own names
