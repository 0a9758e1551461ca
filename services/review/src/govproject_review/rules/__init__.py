"""The service's table of contents: one module an article or gate of it, in order."""

from govproject_review.rules import (
    article_02_exemption,
    article_03_registration,
    article_06_annual_plan,
    article_07_pre_review,
    article_08_cost,
    article_08_data,
    article_08_feasibility,
    article_08_plans,
    article_09_joint_review,
    article_10_approval,
    article_10_panel,
    article_11_approval,
    article_25_results,
    article_26_filing,
    article_28_changes,
    article_32_security,
)

MODULES = (
    article_02_exemption,
    article_03_registration,
    article_06_annual_plan,
    article_07_pre_review,
    article_08_feasibility,
    article_08_data,
    article_08_cost,
    article_08_plans,
    article_09_joint_review,
    article_10_approval,
    article_10_panel,
    article_11_approval,
    article_25_results,
    article_26_filing,
    article_28_changes,
    article_32_security,
)
