"""The archive: Arts 35 to 41, and the check that final acceptance needs (Art 19)."""

from typing import Any

from govproject.terms import ArchivePlace, ArchiveProvision, FileClass

from .case import Case
from .construction import due


def organise(case: Case) -> None:
    """The unit says who answers for its archives, and where that is written (Arts 35-37, 42)."""
    body = {
        "head": "李局长",
        "managed_by": "办公室",
        "rules": "项目档案管理办法",
        "standards": "DA/T 28-2018",
        "provided": {each.value: f"{each.zh}已落实" for each in ArchiveProvision},
    }
    case.do("archive", "/unit-archives", body)
    places = {place.value: f"{place.zh}第3章" for place in ArchivePlace}
    assert case.do("archive", "in-step", {"places": places})["places"] == places


def uploads(case: Case, status: str) -> list[Any]:
    """What the duties to upload process material ask for, open or closed, oldest first (Art 18)."""
    page = case.see("archive", f"/obligations?status={status}&limit=100")["items"]
    return [
        each["task"] for each in page if (each["project_id"], each["article"]) == (case.id, "18")
    ]


def volume(case: Case, file_class: FileClass) -> dict[str, Any]:
    """A volume of all the papers that a class lacks, as the desk composes it (Arts 39, 41)."""
    return {
        "file_class": file_class,
        "title": f"{case.name}{file_class.zh}卷",
        "composed_by": "张三",
        "retention": "years_30",
        "access": "open",
        "items": [
            {
                "title": f"{case.name}{paper['name']}",
                "pages": 12,
                "dated_on": case.today,
                "kind": paper["kind"],
                "record": paper["record"],
            }
            for paper in papers(case, file_class)
        ],
    }


def hand_over(case: Case, *classes: FileClass) -> None:
    """A volume of each class, with all its papers, goes from desk to archive (Arts 39, 41)."""
    for file_class in classes:
        case.until("archive", "", lambda v, c=file_class: c in due(v))
        body = volume(case, file_class)
        path = f"/volumes/{case.do('archive', 'volumes', body)['id']}"
        case.do("archive", f"{path}/review", {"reviewed_by": "李四"})
        case.do("archive", f"{path}/handover-list", {"prepared_by": "张三"})
        counted = {"confirmed_by": "张三", "item_count": len(body["items"])}
        case.do("archive", f"{path}/confirmations", counted)
        counted = {"confirmed_by": "王五", "item_count": len(body["items"])}
        view = case.do("archive", f"{path}/confirmations", counted, "archivist")
        assert view["state"] == "handed_over"
        assert case.see("archive", f"{path}/handover-list")["complete"] is True


def papers(case: Case, file_class: FileClass) -> list[Any]:
    """What a class lacks, as the archive has it from the other services; never nothing (Art 39)."""
    (shown,) = (c for c in case.see("archive")["classes"] if c["file_class"] == file_class)
    missing = [paper for paper in shown["papers"] if paper["state"] == "missing"]
    assert missing, f"nothing is asked for of {file_class.zh}"
    return missing


def check(case: Case) -> Any:
    """The archivist finds all that is due in order, and acceptance learns of it (Art 19)."""
    case.hears("archive")
    view = case.do("archive", "archive-checks", {"inspector": "王五"}, "archivist")
    assert view["outcome"] == "passed"
    case.until("acceptance", "", lambda v: v["archive_check_passed"] is True)
    return view


def finish(case: Case, *classes: FileClass) -> None:
    """What falls due with final acceptance, and the supplementary check (Arts 40, 41)."""
    hand_over(case, *classes)
    case.hears("archive")
    view = case.do("archive", "archive-checks", {"inspector": "王五"}, "archivist")
    assert (view["outcome"], view["supplementary"]) == ("passed", True)
    shown = case.see("archive")
    assert shown["last_check"] == "passed"
    assert all(each["handed_over"] for each in shown["classes"] if each["due_on"])
