"""What was mended after a failed final, case by case (Art 20)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.terms import Veto
from govproject_acceptance import repository
from govproject_acceptance.finals import (
    RectificationView,
    RectifyCase,
)
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.tables import FinalRound, Rectification


def rectify(
    session: Session, context: Context, round_id: UUID, command: RectifyCase
) -> RectificationView:
    """Record what was done about a case that the meeting found, with proof.

    Raises:
        Conflict: it is on record already, or its proof is what was signed at a meeting.
        Invalid: the meeting did not find the case, or the day lies before it or in the future.
    """
    final = repository.final_round(session, round_id)
    project = in_progress(session, context, final.project_id)
    if command.veto not in final.found:
        raise Invalid("veto_not_found", f"该次终验未认定“{command.veto.zh}”。", veto=command.veto)
    if command.veto in _mended(session, final):
        raise Conflict("already_rectified", "已登记该情形的整改情况。")
    must_have_happened(context, command.rectified_on, "整改完成日期")
    if command.rectified_on < final.held_on:
        raise Invalid("rectified_before_meeting", "整改完成日期不能早于终验日期。")
    paper = papers.referred(session, context, command.file_id)
    papers.must_differ(session, "整改凭证", paper, papers.signed(session, project.id))
    rectification = Rectification(
        id=new_id(),
        project_id=project.id,
        round_id=final.id,
        veto=command.veto,
        rectified_on=command.rectified_on,
        rectification=command.rectification,
        paper=paper,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(rectification)
    return view(rectification)


def view(rectification: Rectification) -> RectificationView:
    """One case and what was done about it."""
    return RectificationView.model_validate(rectification, from_attributes=True)


def after(session: Session, failed: FinalRound, day: date) -> dict[str, object]:
    """What a failed meeting left to be done, and what of it was not done by that day."""
    mended = _mended(session, failed)
    return {
        "previous_failed_on": failed.held_on,
        "previous_rectify_by": failed.rectify_by,
        "not_rectified": tuple(
            veto
            for veto in Veto
            if veto in failed.found and (veto not in mended or mended[veto] > day)
        ),
    }


def _mended(session: Session, final: FinalRound) -> dict[str, date]:
    return {
        each.veto: each.rectified_on
        for each in repository.rectifications(session, final.project_id)
        if each.round_id == final.id
    }
