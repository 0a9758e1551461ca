"""Documents: the files of a pre-review, a panel's fields, tender documents."""

import sqlalchemy as sa
from alembic import op

from govproject.persistence import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tender",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_tender_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
        sa.UniqueConstraint("project_id", "round", name=op.f("uq_tender_project_id_round")),
    )
    op.add_column("project", sa.Column("deployment_target", sa.String(), nullable=True))
    op.add_column("project", sa.Column("standalone_basis", sa.String(), nullable=True))
    # Rounds before handed in no files, and panels were drawn without regard to fields.
    op.add_column("pre_review", sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column(
        "pre_review", sa.Column("statements", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column(
        "pre_review", sa.Column("findings", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("panel", sa.Column("fields", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("panel", "fields")
    op.drop_column("pre_review", "findings")
    op.drop_column("pre_review", "statements")
    op.drop_column("pre_review", "files")
    op.drop_column("project", "standalone_basis")
    op.drop_column("project", "deployment_target")
    op.drop_table("tender")
