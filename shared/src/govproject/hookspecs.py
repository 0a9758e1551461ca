"""Every extension point of the suite, on one page.

Two kinds. A **check** is called with the facts of a gate and answers with findings; every check of
every plugin is called, so a department can add a refusal and never remove one. An **adapter**
connects the suite to a system of the site; the one deployed last answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from govproject.adapters import CityRegistration, CloudProvider, ExpertConflictCase, FileStore
    from govproject.facts import (
        AcceptanceFacts,
        AllocationFacts,
        AnnualPlanFacts,
        ApprovalFacts,
        ArchiveFacts,
        ChangeFacts,
        ConstructionFacts,
        ContractFacts,
        DeclarationFacts,
        EvaluationFacts,
        FilingFacts,
        MaterialsFacts,
        OperationFacts,
        PanelFacts,
        PreReviewFacts,
        TenderFacts,
    )
    from govproject.regulation.findings import Finding
    from govproject.regulation.pack import RulePack

hookspec = pluggy.HookspecMarker("govproject")
hookimpl = pluggy.HookimplMarker("govproject")


@hookspec
def check_declaration(facts: DeclarationFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this project be declared (Arts 4, 5, 8, 31)? Asked by intake when a unit declares."""


@hookspec
def check_annual_plan(facts: AnnualPlanFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this project go into the annual plan (Art 25)? Asked by intake, at declaration too."""


@hookspec
def check_filing(facts: FilingFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this filing be accepted as regular (Arts 26, 27)? Asked by intake."""


@hookspec
def check_materials(facts: MaterialsFacts, pack: RulePack) -> tuple[Finding, ...]:
    """Are the materials for the pre-review whole (Arts 2, 8)? Asked by review."""


@hookspec
def check_pre_review(facts: PreReviewFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May the pre-review pass (Art 7)? Asked by review."""


@hookspec
def check_panel(facts: PanelFacts, pack: RulePack) -> tuple[Finding, ...]:
    """Is this expert panel properly composed (Art 10)? Asked by review."""


@hookspec
def check_approval(facts: ApprovalFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this project be approved (Arts 6-11)? Asked by review."""


@hookspec
def check_contract(facts: ContractFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this contract be recorded (Arts 6, 10, 13, 18, 31, 33)? Asked by intake."""


@hookspec
def check_change(facts: ChangeFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this change be determined, approved, or filed (Arts 10, 18, 28)? Asked by intake."""


@hookspec
def check_construction(facts: ConstructionFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this schedule, extension or change of personnel stand (Arts 15, 17)? Asked by intake."""


@hookspec
def check_tender(facts: TenderFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May these tender documents be put on record (Arts 6, 11)? Asked by review."""


@hookspec
def check_acceptance(facts: AcceptanceFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this step of acceptance pass (Arts 14, 19, 28)? Asked by acceptance."""


@hookspec
def check_operation(facts: OperationFacts, pack: RulePack) -> tuple[Finding, ...]:
    """Is this project's operation in order (Arts 30, 32, 33)? Asked by acceptance."""


@hookspec
def check_evaluation(facts: EvaluationFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this part of the evaluation be concluded (Arts 21, 23, 24)? Asked by acceptance."""


@hookspec
def check_archive(facts: ArchiveFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May the archive check pass (Arts 39-41)? Asked by archive."""


@hookspec
def check_allocation(facts: AllocationFacts, pack: RulePack) -> tuple[Finding, ...]:
    """May this project have these government-cloud resources (Arts 2, 3, 27, ...)? The gate."""


@hookspec
def expert_conflicts(case: ExpertConflictCase) -> str | None:
    """Must this expert step back from this project? Answer with the reason in Chinese, or None."""


@hookspec(firstresult=True)
def municipal_registry(registration: CityRegistration) -> str | None:
    """Register a project in the municipal system (Art 3) and answer with its reference there.

    Nothing is recorded if the request then fails, and two may ask at once: a project that is asked
    for again, by its `project_id`, has to be answered with the same reference. The embedded adapter
    records the reference that the bureau typed in.
    """


@hookspec(firstresult=True)
def store_file() -> FileStore | None:
    """Where what people hand in is kept. The embedded one is a folder, GOVPROJECT_FILES_DIR."""


@hookspec(firstresult=True)
def cloud_provider() -> CloudProvider | None:
    """The cloud that provisions what the gate grants. The embedded one only records."""
