"""The service's table of contents: one module an article and topic, in order."""

from collections.abc import Callable

from govproject import RulePack
from govproject.regulation.duty import Duty
from govproject_acceptance.rules import (
    article_02_mobile,
    article_06_approval,
    article_12_contract,
    article_14_implementation,
    article_15_schedule,
    article_18_surplus,
    article_19_final,
    article_19_final_review,
    article_19_indicators,
    article_19_need,
    article_19_preliminary,
    article_19_trial,
    article_19_vetoes,
    article_19_xinchuang,
    article_20_after_final,
    article_20_rectification,
    article_21_self_evaluation,
    article_22_annual_report,
    article_23_evaluation,
    article_24_evaluation,
    article_26_filing,
    article_27_filing,
    article_28_changes,
    article_28_knowledge,
    article_30_operation,
    article_31_free_operations,
    article_32_security,
    article_33_outsourcing,
)
from govproject_acceptance.rules.accepted import Accepted

MODULES = (
    article_02_mobile,
    article_06_approval,
    article_12_contract,
    article_14_implementation,
    article_15_schedule,
    article_18_surplus,
    article_19_need,
    article_19_preliminary,
    article_19_trial,
    article_19_final,
    article_19_final_review,
    article_19_indicators,
    article_19_vetoes,
    article_19_xinchuang,
    article_20_rectification,
    article_21_self_evaluation,
    article_23_evaluation,
    article_24_evaluation,
    article_26_filing,
    article_27_filing,
    article_28_changes,
    article_28_knowledge,
    article_30_operation,
    article_31_free_operations,
    article_32_security,
    article_33_outsourcing,
)
"""What the gates acceptance, evaluation and operation ask."""

DUTIES: tuple[Callable[[Accepted, RulePack], Duty | None], ...] = (
    article_18_surplus.return_surplus,
    article_20_after_final.asset_registration,
    article_20_after_final.upload_acceptance_report_1_month,
    article_21_self_evaluation.self_evaluation_12_months,
    article_30_operation.operation_in_order,
    article_31_free_operations.free_ops_start,
)
"""What follows from final acceptance."""

YEARLY = article_22_annual_report.report_on_year
"""What a unit owes for each year, of all its projects."""
