"""A volume from the desk to the archive: Articles 35, 40, 41."""

import io
import zipfile
from hashlib import sha256

from govproject_local import documents
from govproject_local.demo.client import UnexpectedAnswerError
from govproject_local.demo.scene import Scene


async def handover(scene: Scene) -> None:
    """Reviewed by another than its composer, counted by two, packed with its digests."""
    scene.tell.chapter(
        "A volume is handed over (Arts 40, 41)",
        "Whoever put a volume together cannot review it, and both sides must count the same.",
    )
    project = scene.full(7)
    unit = project.unit
    content = documents.word([(1, "建设合同"), (0, "双方就本项目的建设订立本合同。")])
    file_id = await scene.client.hand_in("archive", "建设合同.docx", content, unit)
    item = {
        "title": "建设合同",
        "pages": 12,
        "dated_on": scene.today.isoformat(),
        "file_id": file_id,
        "kind": "contract_text",
    }
    composed = await scene.client.post(
        "archive",
        f"/projects/{project.id}/volumes",
        "unit",
        {
            "file_class": "contract",
            "title": "合同卷",
            "composed_by": "张三",
            "retention": "years_30",
            "access": "open",
            "items": [item],
        },
        unit=unit,
    )
    volume = f"/volumes/{composed['id']}"
    lines = []
    for who, step, wrong, right in (
        ("unit", "review", {"reviewed_by": "张三"}, {"reviewed_by": "李四"}),
        ("unit", "handover-list", None, {"prepared_by": "张三"}),
        ("unit", "confirmations", None, {"confirmed_by": "张三", "item_count": 1}),
        (
            "archivist",
            "confirmations",
            {"confirmed_by": "王五", "item_count": 2},
            {"confirmed_by": "王五", "item_count": 1},
        ),
    ):
        own = unit if who == "unit" else None
        if wrong is not None:
            problem = await scene.client.refused(
                "archive", f"{volume}/{step}", who, wrong, unit=own
            )
            lines.append(scene.line(project, who, "refused", "第41条", problem["detail"]))
        view = await scene.client.post("archive", f"{volume}/{step}", who, right, unit=own)
    lines.append(
        scene.line(
            project, "archivist", "archived", "", f"已交接归档，清册{view['handover_number']}。"
        )
    )
    scene.tell.table(lines)
    package = await scene.client.download("archive", f"/projects/{project.id}/package", "archivist")
    scene.tell.say(
        f"its BagIt package: {_verified(package)} files, each with the SHA-256 of its manifest"
    )


def _verified(package: bytes) -> int:
    """Count the files of a package whose digests are those of its manifest, computed here.

    Raises:
        UnexpectedAnswerError: one differs, or there is none.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as bag:
        (manifest,) = (n for n in bag.namelist() if n.endswith("/manifest-sha256.txt"))
        folder = manifest.rpartition("/")[0]
        entries = [line.split(maxsplit=1) for line in bag.read(manifest).decode().splitlines()]
        wrong = [
            path
            for digest, path in entries
            if sha256(bag.read(f"{folder}/{path}")).hexdigest() != digest
        ]
    if wrong or not entries:
        raise UnexpectedAnswerError(f"digests of the package differ: {wrong or 'it is empty'}")
    return len(entries)
