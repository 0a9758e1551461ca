"""The search index, filled with what is there."""

import sqlalchemy as sa
from alembic import op

from govproject_archive import search_index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("file_class", sa.String(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint(
            "source_id", "kind", "position", name=op.f("uq_search_entry_source_id_kind_position")
        ),
        sqlite_autoincrement=True,
    )
    # A later revision that changes the index makes it anew in this one's stead.
    search_index.create(op.get_bind())
    search_index.rebuild(op.get_bind())


def downgrade() -> None:
    op.drop_table("search_token")
    op.drop_table("search_entry")
