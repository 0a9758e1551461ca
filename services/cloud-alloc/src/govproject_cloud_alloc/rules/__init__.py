"""The gate's table of contents: one module an article, in order."""

from govproject_cloud_alloc.rules import (
    article_02_district_cloud,
    article_03_registration,
    article_06_approval,
    article_07_infrastructure_use,
    article_14_cloud_plan,
    article_25_results,
    article_26_filing_conditions,
    article_27_filing,
    article_29_suspension,
    article_32_incidents,
    article_34_decommission,
)

MODULES = (
    article_02_district_cloud,
    article_03_registration,
    article_06_approval,
    article_07_infrastructure_use,
    article_14_cloud_plan,
    article_25_results,
    article_26_filing_conditions,
    article_27_filing,
    article_29_suspension,
    article_32_incidents,
    article_34_decommission,
)
