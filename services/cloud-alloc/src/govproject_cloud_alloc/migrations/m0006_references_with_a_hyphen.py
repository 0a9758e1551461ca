"""A municipal reference is kept with hyphens, whatever dash was typed, as intake keeps it by now.

Where two projects were registered under one number, the other's stays as it was typed, as there.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STANDING = sa.table(
    "standing", sa.column("project_id", sa.Uuid()), sa.column("city_system_ref", sa.String())
)
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212), "-")


def upgrade() -> None:
    named = sa.select(_STANDING.c.project_id, _STANDING.c.city_system_ref).where(
        _STANDING.c.city_system_ref.is_not(None)
    )
    found = op.get_bind().execute(named.order_by(_STANDING.c.project_id)).all()
    taken = {written for _, written in found}
    for project_id, written in found:
        kept = "".join(unicodedata.normalize("NFKC", written).translate(_DASHES).split())
        if kept not in taken:
            taken.add(kept)
            op.execute(
                _STANDING.update()
                .where(_STANDING.c.project_id == project_id)
                .values(city_system_ref=kept)
            )


def downgrade() -> None:
    """What was typed is not kept."""
