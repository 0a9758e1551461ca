"""Asking the gates of the steps that a project stands before. Nothing is recorded or counted.

A gate also judges what only the command will bring, such as the answers given at a final
acceptance. These facts are neither a failure yet nor left out: the gate is asked as if the command
said them so that no rule objects, and they are listed as still to be given, with the clauses that
will judge them. Which clauses those are, the rules themselves say: they are asked once more with
nothing said, or the worst where silence is no fault, and what they find on top of that rests on the
missing facts alone. So a finding on
the page is one that no wording of the command can avoid, and the command that is then refused
returns the same ones, unless what it brings adds to them.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.facts import Facts
from govproject.gates import Gate
from govproject.messaging import knowing
from govproject.next_steps.places import API, SERVICES, page_path
from govproject.next_steps.steps import Asked, NextSteps, Step
from govproject.next_steps.views import (
    BroughtView,
    ClauseView,
    CommandView,
    ElsewhereView,
    ErrandView,
    NextStepsView,
    NextStepView,
)
from govproject.obligations.keeping import view
from govproject.persistence.tables import Obligation
from govproject.regulation.decide import NO_ANSWER, decide
from govproject.regulation.findings import Decision, Finding
from govproject.reliefs import keeping
from govproject.service import Service


def show(
    session: Session, context: Context, service: Service, told: NextSteps, project_id: UUID
) -> NextStepsView:
    """What a project of a service stands before, and what is missing for it.

    Raises:
        NotFound: there is no such project.
        Forbidden: it is another unit's.
    """
    project_name, unit, codes = told.subject(session, context, project_id)
    return NextStepsView(
        project_id=project_id,
        project_name=project_name,
        unit=unit,
        codes=dict(codes),
        service=service.title,
        asked_at=context.now(),
        errands=[
            ErrandView(
                step=each.name,
                about=waiting.about,
                article=each.citation.article,
                quote=each.citation.quote,
                task=each.task,
                by=list(each.by),
                command=_command(each.command, project_id, waiting.ids),
            )
            for each in told.errands
            for waiting in each.waits(session, context, project_id)
        ],
        reliefs=[act for act in keeping.of(session, project_id) if act.holds(context.today())],
        goes_on_in=told.goes_on_in(session, context, project_id),
        elsewhere=_elsewhere(context, project_id),
        steps=[
            _answered(context, step, asked, project_id)
            for step in told.steps
            for asked in step.asked(session, context, project_id)
        ],
        obligations=[
            view(context, obligation)
            for obligation in session.exec(
                select(Obligation)
                .where(Obligation.project_id == project_id, col(Obligation.closed_at).is_(None))
                .order_by(col(Obligation.due_on).is_(None), col(Obligation.due_on))
            )
        ],
        knowledge=knowing.of(session, context),
        backlog=knowing.waiting(session, context, project_id),
    )


def _elsewhere(context: Context, project_id: UUID) -> list[ElsewhereView]:
    urls = context.settings.service_urls
    return [
        ElsewhereView(service=name, title=title, url=f"{urls[name]}{page_path(project_id)}")
        for name, title in SERVICES.items()
        if name in urls and name != context.service
    ]


def _command(command: str, project_id: UUID, ids: Mapping[str, object]) -> CommandView:
    """The request; what is not known stands in braces, as in the documentation."""
    method, _, path = command.partition(" ")
    for name, value in {"project_id": project_id, **ids}.items():
        path = path.replace(f"{{{name}}}", str(value))
    return CommandView(method=method, path=f"{API}{path}")


def _answered(context: Context, step: Step, asked: Asked, project_id: UUID) -> NextStepView:
    facts = asked.facts.supposing(asked.brought)
    decision = context.ask(step.gate, facts, pack=asked.pack)
    silent = _of_silence(context, step, asked, decision) if asked.brought else []
    return NextStepView(
        step=step.name,
        about=asked.about,
        gate=step.gate.name,
        by=list(step.by),
        command=_command(step.command, project_id, asked.ids),
        decision=decision,
        brought=[BroughtView(name=name, title=_title(step.gate, name)) for name in asked.brought],
        judged_by=_clauses(silent),
        needed=[
            each
            for each in silent
            if asked.papers and each.severity == "block" and each.lifted_by is None
        ],
    )


def _of_silence(context: Context, step: Step, asked: Asked, decision: Decision) -> list[Finding]:
    """What is found of a command which says nothing, or the worst, on top of the rest."""
    facts = asked.facts.supposing(asked.at_worst)
    # Rules may fail on facts that say nothing: nobody is told.
    silent = decide(context.hooks, step.gate, facts, pack=asked.pack, at=context.now())
    return [
        finding
        for finding in silent.findings
        if finding not in decision.findings and not finding.rule.startswith(NO_ANSWER)
    ]


def _clauses(findings: Iterable[Finding]) -> list[ClauseView]:
    """The clauses that object, each once."""
    clauses = {
        finding.rule: ClauseView.model_validate(finding, from_attributes=True)
        for finding in findings
    }
    return list(clauses.values())


def _title(gate: Gate[Facts], name: str) -> str:
    """A fact in Chinese, without what its value means when it is empty."""
    return (gate.facts.model_fields[name].title or name).partition("；")[0]
