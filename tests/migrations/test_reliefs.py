"""Each service's exceptions survive the move to the shared table, on both databases."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from govproject.clock import SHANGHAI
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import RecordedRelief
from govproject.regulation.findings import Relief
from govproject.reliefs import keeping
from govproject.testing import migrate_to
from govproject_local.suite import module

PROJECT = UUID(int=7)
BEFORE = {
    "intake": ("exception_grant", "0010"),
    "review": ("granted_relief", "0003"),
    "acceptance": ("exception_grant", "0003"),
    "archive": ("exception_grant", "0003"),
    "cloud-alloc": ("relief", "0002"),
}
ACTS = [
    {"rule": "filing_duplicate", "kind": "exception", "expires_on": date(2026, 12, 31)},
    {"rule": "filing_security", "kind": "exception", "expires_on": date(2020, 1, 1)},
    {
        "rule": "unfiled_may_refuse_resource",
        "kind": "bureau_decision",
        "expires_on": date(2027, 12, 31),
    },
]
SAID = {"reason": "确需实施。", "approver": "bureau", "document": "亭数〔2026〕8号"}
GRANTED_AT = datetime(2026, 8, 3, 1, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))])
def db(request, tmp_path):
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path}/service.db"
    )
    db = Database(url)
    yield db
    db.dispose()


@pytest.mark.parametrize("service", BEFORE)
def test_an_upgrade_keeps_every_act_and_drops_the_old_table(db, service):
    table, revision = BEFORE[service]
    migrate_to(db, None, "0005")
    migrate_to(db, module(service), revision)
    acts = ACTS if service == "cloud-alloc" else ACTS[:2]
    with db.write() as session:
        insert_project(session)
        for number, act in enumerate(acts):
            insert(session, table, id=UUID(int=number), project_id=PROJECT, **act, **SAID)

    migrate.upgrade(db, module(service))

    assert migrate.differences(db, module(service)) == []
    with db.read() as session:
        assert table not in sa.inspect(session.connection()).get_table_names()
        assert keeping.of(session, PROJECT) == tuple(
            Relief.model_validate(act | SAID) for act in acts
        )
        rows = session.exec(select(RecordedRelief).order_by(col(RecordedRelief.id))).all()
    kept_at = GRANTED_AT.astimezone(SHANGHAI) if service == "intake" else None
    assert [(row.id, row.granted_at) for row in rows] == [
        (UUID(int=number), kept_at) for number in range(len(acts))
    ]


@pytest.mark.parametrize("service", BEFORE)
def test_a_downgrade_brings_back_what_still_holds(db, service):
    table, revision = BEFORE[service]
    migrate.upgrade(db, module(service))
    with db.write() as session:
        insert_project(session)
        for number, withdrawn_at in enumerate((None, GRANTED_AT)):
            session.add(
                RecordedRelief.model_validate(
                    {
                        "id": UUID(int=number),
                        "project_id": PROJECT,
                        "granted_at": GRANTED_AT,
                        "withdrawn_at": withdrawn_at,
                        **ACTS[0],
                        **SAID,
                    }
                )
            )
    migrate_to(db, module(service), revision, down=True)
    with db.read() as session:
        old = sa.table(table, sa.column("id", sa.Uuid()), sa.column("rule"))
        assert session.connection().execute(sa.select(old)).all() == [
            (UUID(int=0), "filing_duplicate")
        ]


def insert_project(session):
    """A row to refer to, where the service has such a table."""
    if "project" in sa.inspect(session.connection()).get_table_names():
        insert(session, "project", id=PROJECT)


def insert(session, name, **values: object):
    """A row whose other columns hold whatever their types allow."""
    connection = session.connection()
    known = {"id": sa.Uuid(), "project_id": sa.Uuid(), "granted_at": sa.DateTime(timezone=True)}
    columns, row = [], {}
    for each in sa.inspect(connection).get_columns(name):
        needed = not each["nullable"] and each["default"] is None
        if each["name"] not in values and not needed:
            continue
        columns.append(sa.column(each["name"], known.get(each["name"], each["type"])))
        row[each["name"]] = values.get(each["name"], _anything(each["type"]))
    connection.execute(sa.table(name, *columns).insert().values(row))


def _anything(type_):
    match type_.python_type.__name__:
        case "bool":
            return False
        case "int":
            return 1
        case "datetime":
            return GRANTED_AT
        case "dict":
            return []
        case _:
            return "x"
