import pytest

from govproject.terms import Veto
from govproject_acceptance.rules import article_19_vetoes as article

CLEAR = dict.fromkeys(Veto, "clear")
BY_VETO = {
    Veto.XINCHUANG: article.veto_xinchuang,
    Veto.INDICATORS: article.veto_indicators,
    Veto.FALSE_DOCUMENTS: article.veto_false_documents,
    Veto.UNAPPROVED_MAJOR_CHANGE: article.veto_unapproved_major_change,
    Veto.MAJOR_ISSUE_OR_DISPUTE: article.veto_major_issue_or_dispute,
    Veto.ARCHIVE_NOT_ACCEPTED: article.veto_archive_not_accepted,
    Veto.NO_DATA_SHARING: article.veto_no_data_sharing,
    Veto.EXPERT_RESOLUTION: article.veto_expert_resolution,
    Veto.DIGITAL_ASSETS: article.veto_digital_assets,
}


def test_each_of_the_nine_has_its_rule():
    assert set(BY_VETO) == set(Veto)
    assert all(rule.__name__ == f"veto_{veto.value}" for veto, rule in BY_VETO.items())


@pytest.mark.parametrize(("veto", "rule"), BY_VETO.items())
class TestOneVeto:
    def test_found_blocks(self, findings, veto, rule):
        (finding,) = findings(rule, vetoes={**CLEAR, veto: "found"})
        assert finding.severity == "block"
        assert finding.fact["veto"] == veto.value
        assert veto.zh in finding.message
        assert "第20条" in finding.remedy

    def test_clear_passes(self, severities, veto, rule):
        assert severities(rule) == []

    def test_unanswered_is_left_to_the_rule_for_the_list(self, severities, veto, rule):
        assert severities(rule, vetoes={}) == []

    def test_another_veto_does_not_matter(self, severities, veto, rule):
        others = {other: "found" for other in Veto if other is not veto}
        assert severities(rule, vetoes={**others, veto: "clear"}) == []

    def test_it_is_asked_at_the_final_only(self, severities, veto, rule):
        found = {"vetoes": {veto: "found"}, "archive_check_passed": False}
        assert severities(rule, stage="preliminary", **found) == []
        assert severities(rule, stage="trial", **found) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"votes_in_favour": 1}, ["block"]),
        ({"votes_in_favour": 2}, []),
        ({"vetoes": {**CLEAR, Veto.EXPERT_RESOLUTION: "found"}}, ["block"]),
        ({"vetoes": {**CLEAR, Veto.XINCHUANG: "found"}}, []),
        ({"vetoes": {}}, []),
        ({"votes_in_favour": 1, "resolution_on_file": True}, []),
        ({"votes_in_favour": 1, "stage": "preliminary"}, []),
    ],
)
def test_expert_resolution_on_file(severities, facts, found):
    assert severities(article.expert_resolution_on_file, **facts) == found


@pytest.mark.parametrize("answer", ["clear", "found", "unanswered"])
def test_the_archive_check_counts_whatever_was_answered(severities, answer):
    facts = {"vetoes": {Veto.ARCHIVE_NOT_ACCEPTED: answer}, "archive_check_passed": False}
    assert severities(article.veto_archive_not_accepted, **facts) == ["block"]


@pytest.mark.parametrize("answer", ["clear", "found", "unanswered"])
def test_an_indicator_that_is_not_met_counts_whatever_was_answered(findings, answer):
    facts = {"vetoes": {Veto.INDICATORS: answer}, "indicators_unmet": ("并发用户数",)}
    (finding,) = findings(article.veto_indicators, **facts)
    assert (finding.severity, finding.fact["unmet"]) == ("block", ["并发用户数"])


@pytest.mark.parametrize("answer", ["clear", "found", "unanswered"])
def test_an_open_issue_counts_whatever_was_answered(findings, answer):
    facts = {"vetoes": {Veto.MAJOR_ISSUE_OR_DISPUTE: answer}, "issues_open": ("合同款诉讼",)}
    (finding,) = findings(article.veto_major_issue_or_dispute, **facts)
    assert (finding.severity, finding.fact["open"]) == ("block", ["合同款诉讼"])


@pytest.mark.parametrize("answer", ["clear", "found", "unanswered"])
def test_an_untrue_document_on_record_counts_whatever_was_answered(findings, answer):
    facts = {"vetoes": {Veto.FALSE_DOCUMENTS: answer}, "untrue_documents": ("测评报告",)}
    (finding,) = findings(article.veto_false_documents, **facts)
    assert (finding.severity, finding.fact["untrue"]) == ("block", ["测评报告"])
    assert findings(article.veto_major_issue_or_dispute, **facts) == ()


@pytest.mark.parametrize("answer", ["clear", "found", "unanswered"])
def test_a_change_that_nobody_approved_counts_whatever_was_answered(findings, answer):
    facts = {"vetoes": {Veto.UNAPPROVED_MAJOR_CHANGE: answer}, "unapproved_changes": ("内容",)}
    (finding,) = findings(article.veto_unapproved_major_change, **facts)
    assert (finding.severity, finding.fact["unapproved"]) == ("block", ["内容"])
    assert "补办批准" in finding.remedy


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"issues_explained": ("数据丢失",)}, ["warn"]),
        ({"issues_explained": ("数据丢失",), "stage": "preliminary"}, []),
    ],
)
def test_major_issues_explained(severities, facts, found):
    assert severities(article.major_issues_explained, **facts) == found


@pytest.mark.parametrize(
    ("experts", "votes", "found"),
    [
        (3, 2, []),
        (3, 1, ["block"]),
        (5, 3, []),
        (5, 2, ["block"]),
        (4, 2, ["block"]),
        (3, 0, ["block"]),
        (3, None, []),
    ],
)
def test_a_majority_of_the_experts_must_be_in_favour(severities, experts, votes, found):
    facts = {"external_experts": experts, "votes_in_favour": votes}
    assert severities(article.veto_expert_resolution, **facts) == found


@pytest.mark.parametrize(
    ("vetoes", "unanswered"),
    [
        (CLEAR, 0),
        (dict.fromkeys(Veto, "found"), 0),
        ({**CLEAR, Veto.XINCHUANG: "unanswered"}, 1),
        (dict.fromkeys(list(Veto)[1:], "clear"), 1),
        ({}, 9),
    ],
)
def test_veto_list_is_any(findings, vetoes, unanswered):
    found = findings(article.veto_list_is_any, vetoes=vetoes)
    assert [len(finding.fact["unanswered"]) for finding in found] == [unanswered] * bool(unanswered)


LISTS = ("sharing_list", "opening_list", "digital_asset_catalogue")
FOUND = {**CLEAR, Veto.NO_DATA_SHARING: "found", Veto.DIGITAL_ASSETS: "found"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"lists_promised": ()}, []),
        ({"lists_promised": LISTS}, ["block", "block"]),
        ({"lists_promised": LISTS, "lists_compared": LISTS}, []),
        ({"lists_promised": LISTS, "lists_compared": LISTS[:1]}, ["block", "block"]),
        ({"lists_promised": LISTS, "lists_compared": LISTS[:2]}, ["block"]),
        ({"lists_promised": LISTS[:1], "lists_compared": LISTS[:1]}, []),
        ({"lists_promised": LISTS[2:]}, ["block"]),
        # Neither of the two cases speaks of authorised operation.
        ({"lists_promised": ("authorized_operation_list",)}, []),
        # Whoever finds the case given needs no comparison.
        ({"lists_promised": LISTS, "vetoes": FOUND}, []),
        # An older build said nothing: what blocks blocks, and what cannot be compared is shown.
        ({"lists_promised": None}, ["warn", "warn"]),
        ({"lists_promised": None, "lists_compared": LISTS}, []),
        ({"lists_promised": None, "vetoes": {}}, ["block"]),
        ({"lists_promised": None, "track": "filing"}, []),
    ],
)
def test_data_and_assets_are_judged_by_what_the_pre_review_promised(severities, facts, expected):
    assert severities(article.veto_list_is_any, **facts) == expected


@pytest.mark.parametrize("veto", [Veto.NO_DATA_SHARING, Veto.DIGITAL_ASSETS])
@pytest.mark.parametrize("promised", [None, (), LISTS])
def test_no_list_turns_a_found_case_into_a_pass(severities, veto, promised):
    rule = getattr(article, f"veto_{veto.value}")
    facts = {"vetoes": {**CLEAR, veto: "found"}, "lists_promised": promised}
    assert severities(rule, **facts, lists_compared=LISTS) == ["block"]


@pytest.mark.parametrize("stage", ["preliminary", "trial"])
def test_the_list_is_asked_for_at_the_final_only(severities, stage):
    assert severities(article.veto_list_is_any, stage=stage, vetoes={}) == []
