"""What related projects are, and what their evaluations came to (Art 25)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("plan_year", sa.Integer(), nullable=True))
    op.add_column(
        "standing",
        sa.Column("accepted_before", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(
        sa.text(
            "UPDATE standing SET accepted_before = :yes WHERE filing_status = 'accepted'"
        ).bindparams(yes=True)
    )
    op.create_table(
        "project_link",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("related_id", sa.Uuid(), nullable=False),
        sa.Column("related_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "related_id", name="pk_project_link"),
    )
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evaluation"),
    )
    op.create_index("ix_evaluation_project_id", "evaluation", ["project_id"])


def downgrade() -> None:
    op.drop_table("evaluation")
    op.drop_table("project_link")
    op.drop_column("standing", "accepted_before")
    op.drop_column("standing", "plan_year")
