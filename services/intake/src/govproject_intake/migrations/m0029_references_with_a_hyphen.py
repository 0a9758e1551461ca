"""A municipal reference is kept with hyphens, whatever dash was typed.

Where two projects were registered under one number, only one has it afterwards; the other's stays
as it was typed, for people to decide.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_PROJECT = sa.table(
    "project", sa.column("id", sa.Uuid()), sa.column("city_system_ref", sa.String())
)
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212), "-")


def upgrade() -> None:
    named = sa.select(_PROJECT.c.id, _PROJECT.c.city_system_ref).where(
        _PROJECT.c.city_system_ref.is_not(None)
    )
    found = op.get_bind().execute(named.order_by(_PROJECT.c.id)).all()
    taken = {written for _, written in found}
    for project_id, written in found:
        kept = "".join(unicodedata.normalize("NFKC", written).translate(_DASHES).split())
        if kept not in taken:
            taken.add(kept)
            op.execute(
                _PROJECT.update().where(_PROJECT.c.id == project_id).values(city_system_ref=kept)
            )


def downgrade() -> None:
    """What was typed is not kept."""
