"""What went wrong in a trial operation, until it is solved or explained (Art 19)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject_acceptance import repository
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.tables import TrialProblem
from govproject_acceptance.views import Explain, ProblemView, RecordProblem, SolveProblem


def record(
    session: Session, context: Context, trial_id: UUID, command: RecordProblem
) -> ProblemView:
    """Note a problem; it may be noted after the trial has ended.

    Raises:
        Invalid: it was not found between the first and the last day of the trial.
    """
    trial = repository.trial(session, trial_id)
    in_progress(session, context, trial.project_id)
    must_have_happened(context, command.found_on, "发现问题日期")
    ended_on = trial.ended_on
    if command.found_on < trial.started_on or (ended_on and command.found_on > ended_on):
        raise Invalid("not_in_trial", "发现问题的日期不在试运行期间。")
    problem = TrialProblem(
        id=new_id(),
        project_id=trial.project_id,
        trial_id=trial.id,
        problem=command.problem,
        found_on=command.found_on,
    )
    session.add(problem)
    return view(problem)


def solve(
    session: Session, context: Context, problem_id: UUID, command: SolveProblem
) -> ProblemView:
    """Record that a problem is solved, with proof.

    Raises:
        Conflict: it is solved already.
        Invalid: the day lies before the problem was found, or in the future.
    """
    problem = _unsolved(session, context, problem_id)
    must_have_happened(context, command.solved_on, "解决日期")
    if command.solved_on < problem.found_on:
        raise Invalid("solved_before_found", "解决日期不能早于发现问题的日期。")
    problem.solved_on, problem.proof = command.solved_on, command.proof
    return view(problem)


def explain(session: Session, context: Context, problem_id: UUID, command: Explain) -> ProblemView:
    """Record why a problem is left as it is, for the experts to judge.

    Raises:
        Conflict: it is solved or explained already.
        Invalid: the day lies before the problem was found, or in the future.
    """
    problem = _unsolved(session, context, problem_id)
    if problem.explained_on is not None:
        raise Conflict("already_explained", "已对该问题作出说明。")
    must_have_happened(context, command.explained_on, "说明日期")
    if command.explained_on < problem.found_on:
        raise Invalid("explained_before_found", "说明日期不能早于发现问题的日期。")
    problem.explained_on, problem.explanation = command.explained_on, command.explanation
    return view(problem)


def view(problem: TrialProblem) -> ProblemView:
    """A problem and what became of it."""
    return ProblemView.model_validate(problem, from_attributes=True)


def _unsolved(session: Session, context: Context, problem_id: UUID) -> TrialProblem:
    problem = repository.trial_problem(session, problem_id)
    in_progress(session, context, problem.project_id)
    if problem.solved_on is not None:
        raise Conflict("already_solved", "该问题已解决。")
    return problem
