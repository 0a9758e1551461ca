from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_32_incidents import incident_handling


def test_nothing_is_open():
    assert incident_handling(AllocationFacts.example(open_incidents=())) == ()


def test_what_is_open_is_shown_and_refuses_nothing():
    facts = AllocationFacts.example(open_incidents=["弱口令。", "未打补丁"])
    (finding,) = incident_handling(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity) == (
        "incident_handling",
        "32",
        "4",
        "warn",
    )
    assert finding.message == "项目有2项网络安全隐患或事件尚未处置：弱口令；未打补丁。"
    assert finding.fact == {"open_incidents": ["弱口令。", "未打补丁"]}
