"""A volume from the desk to the archive: composed, reviewed, listed, counted by both (Art 41)."""

from uuid import UUID

from sqlmodel import Session, col

from govproject.context import Context
from govproject.contracts import archive as events
from govproject.errors import Conflict, Invalid
from govproject.files import records
from govproject.identity import Role
from govproject.ids import new_id
from govproject.steps import after
from govproject.web.paging import Page, Paging, paginate
from govproject_archive import repository, search_index
from govproject_archive.handlers import absences, obligations, papers
from govproject_archive.handlers.access import visible
from govproject_archive.handlers.audits import archive_volume
from govproject_archive.lifecycle import STEPS, VolumeState, VolumeStep, same_person
from govproject_archive.papers import class_of
from govproject_archive.search_index import Kind
from govproject_archive.tables import Volume, VolumeAct, VolumeItem
from govproject_archive.triggers import PHASED
from govproject_archive.views import (
    ActView,
    CatalogueEntry,
    CatalogueItem,
    ComposeVolume,
    ConfirmCount,
    HandoverListView,
    PrepareHandoverList,
    ReviewVolume,
    VolumeDetail,
    VolumeView,
    WithdrawVolume,
)

_COUNTS = (VolumeStep.COUNT_BY_UNIT, VolumeStep.COUNT_BY_ARCHIVE)


def compose(
    session: Session, context: Context, project_id: UUID, command: ComposeVolume
) -> VolumeDetail:
    """Compose a volume; this may begin before its class falls due (Art 37: in step).

    Raises:
        Invalid: a file is of another class, of a record that is not known, or of a day to come,
            or it is in a volume of the class already.
    """
    project = visible(session, context, project_id)
    today = context.today()
    asked = papers.standing(session, project.id)
    for position, item in enumerate(command.items, 1):
        if item.dated_on > today:
            raise Invalid("date_in_future", f"第{position}件文件的日期不能晚于今天。")
        if class_of(item.kind) not in (None, command.file_class):
            raise Invalid(
                "paper_of_another_class",
                f"第{position}件是{item.kind.zh}，不属于{command.file_class.zh}。",
                position=position,
                kind=item.kind.value,
            )
        if item.record is not None:
            papers.known(asked, item)
    volume = Volume(
        id=new_id(),
        project_id=project.id,
        file_class=command.file_class,
        title=command.title,
        number=repository.next_volume_number(session, project.id, command.file_class),
        retention=command.retention,
        access=command.access,
        state=VolumeState.COMPOSED,
        item_count=len(command.items),
        page_count=sum(item.pages for item in command.items),
    )
    session.add(volume)
    session.flush()
    files = [
        VolumeItem(
            volume_id=volume.id, position=position, **dict(item) | _stored(session, context, item)
        )
        for position, item in enumerate(command.items, 1)
    ]
    _must_be_new(session, volume, files)
    session.add_all(files)
    _record(session, context, volume, VolumeStep.COMPOSE, command.composed_by)
    search_index.refresh(session.connection(), volume.id, Kind.VOLUME, Kind.VOLUME_ITEM)
    return _detail(session, volume)


def review(
    session: Session, context: Context, volume_id: UUID, command: ReviewVolume
) -> VolumeDetail:
    """The department head finds the volume in order.

    Raises:
        Conflict: the reviewer composed it, or it is past review.
    """
    volume = _owned(session, context, volume_id)
    volume.state = after(STEPS, volume.state, VolumeStep.REVIEW)
    composer = repository.acts(session, volume.id)[0].person
    if same_person(composer, command.reviewed_by):
        raise Conflict(
            "reviewer_is_composer",
            f"案卷由{composer}组卷，须由其以外的部门负责人审查（第41条）。",
            composed_by=composer,
        )
    _record(session, context, volume, VolumeStep.REVIEW, command.reviewed_by)
    return _detail(session, volume)


def prepare_list(
    session: Session, context: Context, volume_id: UUID, command: PrepareHandoverList
) -> HandoverListView:
    """Number the handover list; its content is the catalogue, which no longer changes.

    Raises:
        Conflict: the class is not due, or the volume is not reviewed.
    """
    volume = _owned(session, context, volume_id)
    volume.state = after(STEPS, volume.state, VolumeStep.PREPARE_LIST)
    if volume.file_class is not PHASED and not _is_due(session, volume):
        raise Conflict(
            "class_not_due",
            f"{volume.file_class.zh}尚未到归档时点，不能交接归档（第40条）。",
            file_class=volume.file_class,
        )
    volume.handover_number = repository.next_handover_number(session, context.today().year)
    _record(session, context, volume, VolumeStep.PREPARE_LIST, command.prepared_by)
    search_index.refresh(session.connection(), volume.id, Kind.VOLUME)
    return show_list(session, context, volume_id)


def confirm(
    session: Session, context: Context, volume_id: UUID, command: ConfirmCount
) -> VolumeDetail:
    """Confirm the count for the caller's side; the second side's count completes the handover.

    Raises:
        Conflict: the count differs from the list, or the other side's count is the same person's.
    """
    volume = _owned(session, context, volume_id)
    step = (
        VolumeStep.COUNT_BY_UNIT
        if context.caller.role is Role.UNIT
        else VolumeStep.COUNT_BY_ARCHIVE
    )
    volume.state = after(STEPS, volume.state, step)
    if command.item_count != volume.item_count:
        raise Conflict(
            "count_mismatch",
            f"清点数量与交接清册不一致：清册{volume.item_count}件，清点{command.item_count}件，"
            "不能交接归档（第41条）。请核实后重新清点，或撤回案卷重新组卷。",
            listed=volume.item_count,
            counted=command.item_count,
        )
    for act in repository.acts(session, volume.id):
        if act.step in _COUNTS and same_person(act.person, command.confirmed_by):
            raise Conflict(
                "same_person_counted",
                f"{act.person}已代表另一方清点，双方清点人不得为同一人（第41条）。",
                confirmed_by=act.person,
            )
    _record(session, context, volume, step, command.confirmed_by, counted=command.item_count)
    if volume.state is VolumeState.HANDED_OVER:
        _hand_over(session, context, volume)
    return _detail(session, volume)


def withdraw(
    session: Session, context: Context, volume_id: UUID, command: WithdrawVolume
) -> VolumeDetail:
    """Take a volume back that is not handed over; its catalogue stays on record."""
    volume = _owned(session, context, volume_id)
    volume.state = after(STEPS, volume.state, VolumeStep.WITHDRAW)
    _record(
        session,
        context,
        volume,
        VolumeStep.WITHDRAW,
        command.withdrawn_by,
        reason=command.reason,
    )
    search_index.refresh(session.connection(), volume.id, Kind.VOLUME, Kind.VOLUME_ITEM)
    return _detail(session, volume)


def show(session: Session, context: Context, volume_id: UUID) -> VolumeDetail:
    """One volume; a unit sees its own."""
    volume = repository.volume(session, volume_id)
    visible(session, context, volume.project_id)
    return _detail(session, volume)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[VolumeView]:
    """A project's volumes in order of composition."""
    visible(session, context, project_id)
    return paginate(
        session,
        repository.volumes(project_id),
        key=col(Volume.id),
        paging=paging,
        view=lambda volume: VolumeView.model_validate(volume, from_attributes=True),
    )


def show_list(session: Session, context: Context, volume_id: UUID) -> HandoverListView:
    """The handover list. Raises Conflict when none was prepared."""
    volume = repository.volume(session, volume_id)
    project = visible(session, context, volume.project_id)
    if volume.handover_number is None:
        raise Conflict("no_handover_list", "该案卷尚未编制交接清册（第41条）。")
    return HandoverListView.model_validate(
        {
            **volume.model_dump(),
            "volume_id": volume.id,
            "volume_title": volume.title,
            "project_name": project.project_name,
            "unit": project.unit,
            "formalities": _acts(session, volume),
            "catalogue": _catalogue(session, volume),
            "complete": volume.state is VolumeState.HANDED_OVER,
        }
    )


def _stored(session: Session, context: Context, item: CatalogueItem) -> dict[str, str]:
    """Name and digest of an electronic file. Raises Invalid for a digest that is another's."""
    if item.file_id is None:
        return {}
    stored = records.referred(session, context, item.file_id)
    if item.sha256 not in (None, stored.sha256):
        raise Invalid(
            "digest_differs", f"“{item.title}”的摘要与所引用的文件不符。", id=str(item.file_id)
        )
    return {"file_name": stored.name, "sha256": stored.sha256}


def _must_be_new(session: Session, volume: Volume, files: list[VolumeItem]) -> None:
    """Raises Invalid for a file that this volume or another one of its class holds already."""
    places: dict[str, int] = {}
    for file in files:
        if file.sha256 is None:
            continue
        if file.sha256 in places:
            raise _archived_already(file.position, f"本卷第{places[file.sha256]}件")
        places[file.sha256] = file.position
    for other, held in repository.same_files(session, volume.project_id, places):
        if other.file_class is volume.file_class and held.sha256 is not None:
            raise _archived_already(places[held.sha256], _place(other, held))


def _archived_already(position: int, place: str) -> Invalid:
    return Invalid(
        "file_archived_already",
        f"第{position}件与{place}是同一电子文件，同类文件中不重复归档（第39条）。",
        position=position,
        place=place,
    )


def _place(volume: Volume, item: VolumeItem) -> str:
    """Where a file stands, as people find it."""
    number = "" if volume.number is None else f"{volume.number}号"
    return f"{volume.file_class.zh}{number}案卷“{volume.title}”第{item.position}件"


def _pointed_out(session: Session, volume: Volume) -> list[str]:
    """Its files that volumes of other classes hold as well; nothing forbids that."""
    places = {
        file.sha256: file.position
        for file in repository.items(session, volume.id)
        if file.sha256 is not None
    }
    return [
        f"第{places[held.sha256]}件与{_place(other, held)}是同一电子文件，请核对是否归错。"
        for other, held in repository.same_files(session, volume.project_id, places)
        if other.file_class is not volume.file_class and held.sha256 is not None
    ]


def _hand_over(session: Session, context: Context, volume: Volume) -> None:
    if volume.handover_number is None:
        raise RuntimeError("a counted volume has a list")  # the lifecycle admits no other way
    volume.phased = not _is_due(session, volume)
    volume.handed_over_at = context.now()
    archive_volume(session, context, volume)
    session.flush()
    absences.withdraw_archived(session, context, volume)
    obligations.close_archived(
        session, context, volume.project_id, f"交接清册{volume.handover_number}，双方已清点交接"
    )
    context.publish(
        session,
        events.VolumeHandedOver(
            project_id=volume.project_id,
            volume_id=volume.id,
            file_class=volume.file_class,
            handover_number=volume.handover_number,
            item_count=volume.item_count,
            handed_over_at=volume.handed_over_at,
        ),
    )


def _is_due(session: Session, volume: Volume) -> bool:
    due = repository.due_files(session, volume.project_id)
    return any(row.file_class is volume.file_class for row in due)


def _owned(session: Session, context: Context, volume_id: UUID) -> Volume:
    """A volume to work on; a unit reaches its own only. Raises NotFound, Forbidden."""
    volume = repository.volume(session, volume_id)
    visible(session, context, volume.project_id)
    return volume


def _record(
    session: Session,
    context: Context,
    volume: Volume,
    step: VolumeStep,
    person: str,
    *,
    counted: int | None = None,
    reason: str | None = None,
) -> None:
    session.add(
        VolumeAct(
            volume_id=volume.id,
            number=len(repository.acts(session, volume.id)) + 1,
            step=step,
            person=person,
            account=context.caller.subject,
            at=context.now(),
            counted=counted,
            reason=reason,
        )
    )
    session.flush()


def _acts(session: Session, volume: Volume) -> list[ActView]:
    return [
        ActView.model_validate({**act.model_dump(), "name": act.step.zh})
        for act in repository.acts(session, volume.id)
    ]


def _catalogue(session: Session, volume: Volume) -> list[CatalogueEntry]:
    entries, first = [], 1
    for item in repository.items(session, volume.id):
        last = first + item.pages - 1
        numbers = str(first) if first == last else f"{first}-{last}"
        entries.append(
            CatalogueEntry.model_validate({**item.model_dump(), "page_numbers": numbers})
        )
        first = last + 1
    return entries


def _detail(session: Session, volume: Volume) -> VolumeDetail:
    return VolumeDetail.model_validate(
        {
            **volume.model_dump(),
            "items": _catalogue(session, volume),
            "pointed_out": [
                *_pointed_out(session, volume),
                *absences.made_void(session, volume),
                *absences.not_named(session, volume),
            ],
            "acts": _acts(session, volume),
        }
    )
