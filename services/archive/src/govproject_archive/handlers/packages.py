"""A project's archive as one package that others can check without this suite."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Unavailable
from govproject_archive import bag, repository
from govproject_archive.bag import Payload
from govproject_archive.handlers import volumes
from govproject_archive.handlers.access import visible
from govproject_archive.lifecycle import VolumeState

_LIST = "handover-list.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a project's package."""

    name: str
    payloads: tuple[Payload, ...]
    info: dict[str, str]


def contents(session: Session, context: Context, project_id: UUID) -> Contents:
    """Every volume in the archive: its handover list, and its electronic files in their order.

    Raises:
        Conflict: nothing was handed over yet.
    """
    project = visible(session, context, project_id)
    archived = [
        volume
        for volume in session.exec(repository.volumes(project.id)).all()
        if volume.state is VolumeState.HANDED_OVER
    ]
    if not archived:
        raise Conflict("nothing_archived", "该项目尚无已交接归档的案卷。", id=str(project_id))
    payloads: list[Payload] = []
    for volume in sorted(archived, key=lambda each: each.handover_number or ""):
        listed = volumes.show_list(session, context, volume.id)
        folder = listed.handover_number
        text = listed.model_dump_json(indent=2).encode()
        payloads.append(Payload(f"{folder}/{_LIST}", partial(BytesIO, text)))
        payloads.extend(
            Payload(
                f"{folder}/{item.position:03} {bag.safe(item.file_name)}",
                partial(context.files.open, item.sha256),
                item.sha256,
            )
            for item in listed.catalogue
            if item.file_name is not None and item.sha256 is not None
        )
    return Contents(
        name=f"govproject-{project.id}",
        payloads=tuple(payloads),
        info=dict(_info(project.unit, project.project_name, project.id, context.today())),
    )


def build(wanted: Contents) -> BinaryIO:
    """Write the package to a file without a name, which is gone once it is closed.

    Raises:
        Conflict: a file is not what was archived.
        Unavailable: it cannot be read, or there is no room.
    """
    made = tempfile.TemporaryFile()  # noqa: SIM115  # the response that sends it closes it
    try:
        bag.write(made, wanted.name, wanted.payloads, wanted.info)
    except bag.ContentChangedError as error:
        made.close()
        raise Conflict(
            "archived_file_changed",
            f"“{error}”的内容与归档时不一致，不能打包，请联系运维人员核查存储。",
            path=str(error),
        ) from error
    except OSError as error:
        made.close()
        raise Unavailable("package_unavailable", "档案文件暂时无法读取或打包。") from error
    except BaseException:
        made.close()
        raise
    return made


def _info(
    unit: str | None, project_name: str | None, project_id: UUID, today: date
) -> Iterator[tuple[str, str]]:
    yield "Source-Organization", unit or ""
    yield "External-Description", project_name or ""
    yield "External-Identifier", str(project_id)
    yield "Bagging-Date", today.isoformat()
    yield "Bag-Software-Agent", f"govproject-archive {version('govproject-archive')}"
