"""Duties move to the shared table, each with what its day can be computed from again."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEPT = (
    "id, project_id, rule, article, quote, task, due_on, due_provisional, runs_until_due,"
    " opened_at, proof, closed_by, closed_at"
)
_DAY = sa.types.Date()


def upgrade() -> None:
    columns = _KEPT.split(", ")
    shared = sa.table("project_obligation", *map(sa.column, columns), sa.column("unit"))
    old = sa.table("obligation", *map(sa.column, columns))
    project = sa.table("project", sa.column("id"), sa.column("unit"))
    op.execute(
        shared.insert().from_select(
            [*columns, "unit"],
            sa.select(*(old.c[name] for name in columns), project.c.unit).where(
                old.c.project_id == project.c.id
            ),
        )
    )
    _keep_periods()
    op.drop_index("ix_obligation_project_id", table_name="obligation")
    op.drop_table("obligation")


def _keep_periods() -> None:
    # What a day was computed from was not kept. A provisional one was rolled to a day of the week
    # on which people may work: that day is rolled again once the year's notice is out.
    shared = sa.table(
        "project_obligation",
        sa.column("id", sa.Uuid()),
        sa.column("due_on", _DAY),
        sa.column("runs_until_due", sa.Boolean()),
        sa.column("period", sa.JSON()),
    )
    connection = op.get_bind()
    dated = sa.select(shared.c.id, shared.c.due_on, shared.c.runs_until_due).where(
        shared.c.due_on.is_not(None)
    )
    for each in connection.execute(dated).all():
        period = {
            "start": each.due_on.isoformat(),
            "months": 0,
            "working_days": None,
            "rolls": not each.runs_until_due,
        }
        connection.execute(shared.update().where(shared.c.id == each.id).values(period=period))


def downgrade() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("runs_until_due", sa.Boolean(), nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_obligation_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_obligation"),
    )
    op.create_index("ix_obligation_project_id", "obligation", ["project_id"])
    op.execute(
        f"INSERT INTO obligation ({_KEPT}) SELECT {_KEPT} FROM project_obligation"  # noqa: S608  # our own words
    )
    op.execute("DELETE FROM project_obligation")
