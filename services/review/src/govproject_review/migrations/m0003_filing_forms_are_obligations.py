"""The filing form of an approved project is a duty in the shared table (Art 11)."""

import sqlalchemy as sa
from alembic import op

from govproject.ids import new_id
from govproject.persistence import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_APPROVED = sa.table(
    "application",
    sa.column("project_id", sa.Uuid()),
    sa.column("approved_on", sa.Date()),
    sa.column("filing_form_due_on", sa.Date()),
    sa.column("filing_form_due_provisional", sa.Boolean()),
    sa.column("decided_at", types.UtcDateTime()),
)
_PROJECT = sa.table("project", sa.column("id", sa.Uuid()), sa.column("unit", sa.String()))
_OWED = sa.table(
    "project_obligation",
    sa.column("id", sa.Uuid()),
    sa.column("project_id", sa.Uuid()),
    sa.column("unit", sa.String()),
    sa.column("rule", sa.String()),
    sa.column("article", sa.String()),
    sa.column("quote", sa.String()),
    sa.column("task", sa.String()),
    sa.column("period", sa.JSON()),
    sa.column("due_on", sa.Date()),
    sa.column("due_provisional", sa.Boolean()),
    sa.column("runs_until_due", sa.Boolean()),
    sa.column("opened_at", types.UtcDateTime()),
)


def upgrade() -> None:
    connection = op.get_bind()
    approved = sa.select(_APPROVED, _PROJECT.c.unit).where(
        _APPROVED.c.project_id == _PROJECT.c.id, _APPROVED.c.filing_form_due_on.is_not(None)
    )
    for each in connection.execute(approved).all():
        period = {
            "start": each.approved_on.isoformat(),
            "months": None,
            "working_days": 10,
            "rolls": False,
        }
        connection.execute(
            _OWED.insert().values(
                id=new_id(),
                project_id=each.project_id,
                unit=each.unit,
                rule="filing_form_10_workdays",
                article="11",
                quote="立项后10个工作日内，向区委网信办报送《项目基本情况备案表》",
                task="向区委网信办报送《项目基本情况备案表》",
                period=period,
                due_on=each.filing_form_due_on,
                due_provisional=each.filing_form_due_provisional,
                runs_until_due=False,
                opened_at=each.decided_at,
            )
        )
    op.drop_column("application", "filing_form_due_on")
    op.drop_column("application", "filing_form_due_provisional")


def downgrade() -> None:
    op.add_column("application", sa.Column("filing_form_due_on", sa.Date(), nullable=True))
    op.add_column(
        "application",
        sa.Column(
            "filing_form_due_provisional",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
        ),
    )
    op.execute("DELETE FROM project_obligation WHERE rule = 'filing_form_10_workdays'")
