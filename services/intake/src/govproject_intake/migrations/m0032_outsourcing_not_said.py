"""A contract may leave open whether it is one of outsourcing; what is on record stays.

SQLite cannot take a constraint off a column, so another one takes its place.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract", sa.Column("outsourced_or_open", sa.Boolean(), nullable=True))
    op.execute(sa.text("UPDATE contract SET outsourced_or_open = outsourced"))
    _take_the_place_of_the_present_one("outsourced_or_open")


def downgrade() -> None:
    op.add_column(
        "contract",
        sa.Column("outsourced_or_not", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(sa.text("UPDATE contract SET outsourced_or_not = true WHERE outsourced"))
    _take_the_place_of_the_present_one("outsourced_or_not")


def _take_the_place_of_the_present_one(name: str) -> None:
    op.drop_column("contract", "outsourced")
    op.alter_column("contract", name, new_column_name="outsourced")
