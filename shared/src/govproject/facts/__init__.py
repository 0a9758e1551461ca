"""What rules see: one frozen model a gate, built by the owning service from its own tables.

Rules never see tables. `example()` gives facts that break no rule; a test changes one at a time.
"""

from govproject.facts.accepting import (
    AcceptanceFacts,
    ContractTerm,
    EvaluationFacts,
    FreeOperations,
    OperationFacts,
)
from govproject.facts.allocating import AllocationFacts
from govproject.facts.archiving import ArchiveFacts
from govproject.facts.base import Facts
from govproject.facts.building import ChangeFacts, ConstructionFacts, ContractFacts
from govproject.facts.declaring import (
    AnnualPlanFacts,
    DeclarationFacts,
    FilingFacts,
    OptimisationInOps,
    RelatedProject,
    Result,
)
from govproject.facts.reviewing import (
    ApprovalFacts,
    MaterialsFacts,
    PanelFacts,
    PreReviewFacts,
    Statements,
    TenderFacts,
)

__all__ = [
    "AcceptanceFacts",
    "AllocationFacts",
    "AnnualPlanFacts",
    "ApprovalFacts",
    "ArchiveFacts",
    "ChangeFacts",
    "ConstructionFacts",
    "ContractFacts",
    "ContractTerm",
    "DeclarationFacts",
    "EvaluationFacts",
    "Facts",
    "FilingFacts",
    "FreeOperations",
    "MaterialsFacts",
    "OperationFacts",
    "OptimisationInOps",
    "PanelFacts",
    "PreReviewFacts",
    "RelatedProject",
    "Result",
    "Statements",
    "TenderFacts",
]
