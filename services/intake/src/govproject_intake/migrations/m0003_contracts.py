"""What a contract settles, who is responsible after a change, which projects share a system."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_link",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("related_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_link_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["related_id"], ["project.id"], name=op.f("fk_project_link_related_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "related_id", name=op.f("pk_project_link")),
    )
    op.add_column("change", sa.Column("new_responsible_body", sa.String(), nullable=True))
    op.add_column("change", sa.Column("new_responsible_person", sa.String(), nullable=True))
    # Of contracts recorded before, nobody said what they settle.
    op.add_column("contract", sa.Column("clauses", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "contract", sa.Column("maintenance", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column("contract", sa.Column("confidentiality_need", sa.String(), nullable=True))
    op.add_column("contract", sa.Column("nda_signed_on", sa.Date(), nullable=True))
    op.add_column(
        "contract",
        sa.Column("outsourced", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("contract", sa.Column("security_clause", sa.String(), nullable=True))
    op.add_column("contract", sa.Column("file_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract", "file_id")
    op.drop_column("contract", "security_clause")
    op.drop_column("contract", "outsourced")
    op.drop_column("contract", "nda_signed_on")
    op.drop_column("contract", "confidentiality_need")
    op.drop_column("contract", "maintenance")
    op.drop_column("contract", "clauses")
    op.drop_column("change", "new_responsible_person")
    op.drop_column("change", "new_responsible_body")
    op.drop_table("project_link")
