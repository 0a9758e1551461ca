from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_34_decommission import decommission_report


def test_a_running_system():
    assert decommission_report(AllocationFacts.example(decommissioned=False)) == ()


def test_a_system_reported_as_stopped():
    (finding,) = decommission_report(AllocationFacts.example(decommissioned=True))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "decommission_report",
        "34",
        "block",
        "none",
    )
    assert finding.fact == {"decommissioned": True}
