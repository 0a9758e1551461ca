"""What becomes of rows that older builds wrote."""

from importlib import import_module
from pathlib import Path
from uuid import UUID

from alembic.operations import Operations
from sqlalchemy import text

from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject_cloud_alloc import migrations
from govproject_cloud_alloc.app import SERVICE
from govproject_cloud_alloc.tables import Standing


def steps(db, direction, *names: str):
    with db.write() as session:
        history = migrate._History(SERVICE.package, "alembic_version")
        with Operations.context(history.context(session.connection())):
            for name in names:
                getattr(import_module(f"{SERVICE.package}.migrations.{name}"), direction)()


def test_a_reference_with_another_dash_is_kept_with_a_hyphen_once(tmp_path):
    written = ["A\u20131", "Ａ－２", "B-1", "B\u20141", "C\u22121", "C\u20101", None]
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("m*.py"))
    at = names.index("m0006_references_with_a_hyphen")
    db = Database(f"sqlite:///{tmp_path}/old.db")
    migrate.upgrade(db)
    steps(db, "upgrade", *names[:at])
    with db.write() as session:
        for number, reference in enumerate(written):
            session.execute(
                text(
                    "INSERT INTO standing (project_id, builds_system, deployment_target,"
                    " filing_status, filing_problems, filing_conditions, city_system_ref) VALUES"
                    " (:id, true, 'none', 'none', '[]', '[]', :reference)"
                ),
                {"id": UUID(int=number).hex, "reference": reference},
            )
    steps(db, "upgrade", *names[at:])
    with db.read() as session:
        kept = [session.get_one(Standing, UUID(int=n)).city_system_ref for n in range(len(written))]
    # As intake keeps them: of two projects with one number, one has it.
    assert kept == ["A-1", "A-2", "B-1", "B\u20141", "C-1", "C\u20101", None]
    steps(db, "downgrade", *names[::-1])
    db.dispose()
