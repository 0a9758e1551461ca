import pytest

from govproject import AllocationFacts
from govproject_cloud_alloc.rules.article_06_approval import no_build_before_approval


@pytest.mark.parametrize(
    ("track", "approval"),
    [
        ("full_process", "亭数批〔2026〕12号"),
        ("filing", None),
        ("filing", "亭数批〔2026〕12号"),
        (None, None),
    ],
)
def test_approved_or_of_the_other_track(track, approval):
    facts = AllocationFacts.example(track=track, approval_number=approval)
    assert no_build_before_approval(facts) == ()


def test_full_process_without_approval():
    facts = AllocationFacts.example(track="full_process", approval_number=None)
    (finding,) = no_build_before_approval(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "no_build_before_approval",
        "6",
        "2",
        "block",
        "none",
    )
