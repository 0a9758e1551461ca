"""The public plugin API: what a department's rule or adapter imports, and nothing else.

A rule is one pure function for one clause::

    from govproject import AllocationFacts, Findings, block, rule

    @rule("allocation", source="亭财〔2026〕3号", article="2", quote="单次申请不得超过64核")
    def at_most_64_vcpus(facts: AllocationFacts) -> Findings:
        if facts.requested.vcpus > 64:
            yield block("单次申请超过64核。", remedy="请拆分申请。", vcpus=facts.requested.vcpus)

The same decorator registers the built-in rules. Importing this package does no I/O.
"""

from govproject.facts import (
    AcceptanceFacts,
    AllocationFacts,
    AnnualPlanFacts,
    ApprovalFacts,
    ArchiveFacts,
    ChangeFacts,
    ConstructionFacts,
    ContractFacts,
    ContractTerm,
    DeclarationFacts,
    EvaluationFacts,
    Facts,
    FilingFacts,
    FreeOperations,
    MaterialsFacts,
    OperationFacts,
    OptimisationInOps,
    PanelFacts,
    PreReviewFacts,
    RelatedProject,
    Result,
    TenderFacts,
)
from govproject.hookspecs import hookimpl
from govproject.regulation.citation import Citation
from govproject.regulation.findings import Finding, Findings, Relief, Severity, block, warn
from govproject.regulation.pack import RulePack
from govproject.regulation.rule import rule
from govproject.resources import Resources

__all__ = [
    "AcceptanceFacts",
    "AllocationFacts",
    "AnnualPlanFacts",
    "ApprovalFacts",
    "ArchiveFacts",
    "ChangeFacts",
    "Citation",
    "ConstructionFacts",
    "ContractFacts",
    "ContractTerm",
    "DeclarationFacts",
    "EvaluationFacts",
    "Facts",
    "FilingFacts",
    "Finding",
    "Findings",
    "FreeOperations",
    "MaterialsFacts",
    "OperationFacts",
    "OptimisationInOps",
    "PanelFacts",
    "PreReviewFacts",
    "RelatedProject",
    "Relief",
    "Resources",
    "Result",
    "RulePack",
    "Severity",
    "TenderFacts",
    "block",
    "hookimpl",
    "rule",
    "warn",
]
