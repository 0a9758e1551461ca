"""Electronic files of the archive, to be audited; those of before are due at once."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from govproject.ids import new_id
from govproject.persistence import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LOST = sa.text("lost_at IS NOT NULL")
_VOLUME = sa.table(
    "volume",
    sa.column("id", sa.Uuid),
    sa.column("project_id", sa.Uuid),
    sa.column("state", sa.String),
    sa.column("handed_over_at", types.UtcDateTime),
)
_ITEM = sa.table(
    "volume_item",
    sa.column("volume_id", sa.Uuid),
    sa.column("position", sa.Integer),
    sa.column("title", sa.String),
    sa.column("file_id", sa.Uuid),
)
_PROCESS_FILE = sa.table(
    "process_file",
    sa.column("id", sa.Uuid),
    sa.column("project_id", sa.Uuid),
    sa.column("name", sa.String),
    sa.column("file_id", sa.Uuid),
    sa.column("uploaded_at", types.UtcDateTime),
)


def upgrade() -> None:
    archived_file = op.create_table(
        "archived_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("volume_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("process_file_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=False),
        sa.Column("claimed_until", sa.Double(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=True),
        sa.Column("audited_at", types.UtcDateTime(), nullable=True),
        sa.Column("fixity", sa.String(), nullable=True),
        sa.Column("lost_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_file_id"],
            ["process_file.id"],
            name=op.f("fk_archived_file_process_file_id_process_file"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_archived_file_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["volume_id", "position"],
            ["volume_item.volume_id", "volume_item.position"],
            name=op.f("fk_archived_file_volume_id_position_volume_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_file")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_archived_file_audit_id")),
        sa.UniqueConstraint("process_file_id", name=op.f("uq_archived_file_process_file_id")),
        sa.UniqueConstraint(
            "volume_id", "position", name=op.f("uq_archived_file_volume_id_position")
        ),
    )
    op.create_index("ix_archived_file_due", "archived_file", ["due_at", "id"], unique=False)
    op.create_index(
        "ix_archived_file_lost",
        "archived_file",
        ["id"],
        unique=False,
        sqlite_where=_LOST,
        postgresql_where=_LOST,
    )
    op.create_index(
        op.f("ix_archived_file_project_id"), "archived_file", ["project_id"], unique=False
    )
    connection = op.get_bind()
    for rows in _files(connection):
        connection.execute(archived_file.insert(), rows)


def downgrade() -> None:
    op.drop_index(op.f("ix_archived_file_project_id"), table_name="archived_file")
    op.drop_index("ix_archived_file_lost", table_name="archived_file")
    op.drop_index("ix_archived_file_due", table_name="archived_file")
    op.drop_table("archived_file")


def _files(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    volumes = sa.select(_VOLUME).where(_VOLUME.c.state == "handed_over").order_by(_VOLUME.c.id)
    for volume in connection.execute(volumes).all():
        items = sa.select(_ITEM).where(_ITEM.c.volume_id == volume.id, _ITEM.c.file_id.is_not(None))
        rows = [
            _file(
                volume.project_id,
                item.title,
                item.file_id,
                volume.handed_over_at,
                volume_id=volume.id,
                position=item.position,
            )
            for item in connection.execute(items)
        ]
        if rows:
            yield rows
    for file in connection.execute(sa.select(_PROCESS_FILE).order_by(_PROCESS_FILE.c.id)).all():
        yield [
            _file(
                file.project_id, file.name, file.file_id, file.uploaded_at, process_file_id=file.id
            )
        ]


def _file(project_id: Any, title: str, file_id: Any, due_at: Any, **place: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "project_id": project_id,
        "volume_id": None,
        "position": None,
        "process_file_id": None,
        "title": title,
        "file_id": file_id,
        "due_at": due_at,
        "claimed_until": 0.0,
        "turn": 0,
        **place,
    }
