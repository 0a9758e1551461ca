import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_27_filing import unfiled_may_refuse_resource


@pytest.mark.parametrize(
    ("track", "status"),
    [
        ("filing", "accepted"),
        ("full_process", "none"),
        ("full_process", "irregular"),
        (None, "none"),
    ],
)
def test_filed_regularly_or_of_the_other_track(track, status):
    facts = AllocationFacts.example(track=track, filing_status=status)
    assert unfiled_may_refuse_resource(facts) == ()


@pytest.mark.parametrize(
    ("status", "message", "remedy"),
    [
        ("none", "项目未在市级政务信息化项目管理系统报备，不予分配基础设施资源。", "请提交报备"),
        ("submitted", "项目报备尚未经区数据局认定规范，不予分配基础设施资源。", "请等待区数据局"),
        ("irregular", "项目报备信息不规范，不予分配基础设施资源。", "请按区数据局指出的问题"),
    ],
)
def test_unfiled_undecided_or_irregular(status, message, remedy):
    facts = AllocationFacts.example(
        track="filing", filing_status=status, filing_problems=["附件缺失"]
    )
    (finding,) = unfiled_may_refuse_resource(facts)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "unfiled_may_refuse_resource",
        "27",
        "block",
        "bureau_decision",
    )
    assert finding.message == message
    assert finding.remedy.startswith(remedy)
    assert finding.fact == {"filing_status": status, "problems": ["附件缺失"]}
