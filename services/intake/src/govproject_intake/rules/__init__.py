"""The service's table of contents: one module an article, in order."""

from govproject_intake.rules import (
    article_02_deployment,
    article_04_tracks,
    article_05_declaration,
    article_06_approval,
    article_08_optimisation,
    article_10_fiscal_evaluation,
    article_13_contracts,
    article_15_schedule,
    article_17_personnel,
    article_18_implementation,
    article_25_results,
    article_26_filing,
    article_27_filing,
    article_28_changes,
    article_31_free_operations,
    article_33_outsourcing,
)

MODULES = (
    article_02_deployment,
    article_04_tracks,
    article_05_declaration,
    article_06_approval,
    article_08_optimisation,
    article_10_fiscal_evaluation,
    article_13_contracts,
    article_15_schedule,
    article_17_personnel,
    article_18_implementation,
    article_25_results,
    article_26_filing,
    article_27_filing,
    article_28_changes,
    article_31_free_operations,
    article_33_outsourcing,
)
