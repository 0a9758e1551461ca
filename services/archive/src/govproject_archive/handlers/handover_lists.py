"""The handover list on paper: as a workbook, and as a page to be printed and signed (Art 41)."""

from typing import BinaryIO
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.writing import Sheet, write
from govproject_archive import printing
from govproject_archive.columns import CATALOGUE, FORMALITIES
from govproject_archive.handlers import volumes

_TITLE = "项目档案交接清册"


def export(session: Session, context: Context, volume_id: UUID) -> tuple[str, BinaryIO]:
    """Its number, and catalogue and formalities as two sheets. Raises as `volumes.show_list`."""
    view = volumes.show_list(session, context, volume_id)
    notes = [f"{name}：{value}" for name, value in printing.particulars(view)]
    return view.handover_number, write(
        Sheet("目录", _TITLE, CATALOGUE, map(dict, view.catalogue), notes),
        Sheet("交接手续", f"{_TITLE}（交接手续）", FORMALITIES, map(dict, view.formalities)),
    )


def page(session: Session, context: Context, volume_id: UUID) -> str:
    """The same as a page of HTML. Raises as `volumes.show_list`."""
    return printing.page(_TITLE, volumes.show_list(session, context, volume_id))
