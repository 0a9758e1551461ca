import pytest

from govproject import ArchiveFacts
from govproject.regulation.text import quotes
from govproject.terms import FileClass
from govproject_archive.rules.article_39_quality import (
    archive_absences_confirmed,
    archive_knowledge_is_current,
    archive_papers_complete,
    archive_papers_explained,
    archive_quality,
    archived_files_intact,
)

RULES = (
    archive_absences_confirmed,
    archive_knowledge_is_current,
    archive_papers_complete,
    archive_papers_explained,
    archive_quality,
    archived_files_intact,
)


@pytest.mark.parametrize(("backlog", "blocks"), [(0, False), (1, True), (12, True)])
def test_an_event_that_waits_leaves_open_what_is_due(backlog, blocks):
    findings = archive_quality(ArchiveFacts.example(backlog=backlog))
    assert [(f.severity, f.fact) for f in findings] == [("block", {"backlog": backlog})] * blocks


@pytest.mark.parametrize(("lost", "blocks"), [(0, False), (1, True)])
def test_what_is_damaged_passes_no_check(lost, blocks):
    findings = archived_files_intact(ArchiveFacts.example(lost_files=lost))
    assert [(f.severity, f.fact) for f in findings] == [("block", {"lost_files": lost})] * blocks


@pytest.mark.parametrize(("age", "blocks"), [(0, False), (1440, False), (1441, True), (None, True)])
def test_what_was_told_too_long_ago_decides_nothing(age, blocks):
    findings = archive_knowledge_is_current(ArchiveFacts.example(knowledge_age_minutes=age))
    assert [f.severity for f in findings] == ["block"] * blocks
    assert [f.fact["knowledge_age_minutes"] for f in findings] == [age] * blocks


@pytest.mark.parametrize(
    ("due", "handed_over", "blocks"),
    [
        ([FileClass.TEST], [FileClass.TEST], True),
        ([FileClass.TEST], [], False),
        ([], [FileClass.TEST], False),
    ],
)
def test_papers_are_asked_for_where_a_volume_of_a_due_class_is(due, handed_over, blocks):
    facts = ArchiveFacts.example(
        due=due, handed_over=handed_over, papers_missing={FileClass.TEST: ("测评报告",)}
    )
    findings = archive_papers_complete(facts)
    assert [(f.severity, f.fact["missing"]) for f in findings] == [("block", ["测评报告"])] * blocks


@pytest.mark.parametrize(("due", "warns"), [([FileClass.TEST], True), ([], False)])
def test_what_does_not_exist_is_shown_with_its_reason(due, warns):
    absent = {FileClass.TEST: ("测评报告：未委托",)}
    findings = archive_papers_explained(ArchiveFacts.example(due=due, papers_absent=absent))
    assert [(f.severity, "未委托" in f.message) for f in findings] == [("warn", True)] * warns


@pytest.mark.parametrize(
    ("due", "handed_over", "left", "blocks"),
    [
        ([FileClass.TEST], [FileClass.TEST], {FileClass.TEST: ("测评报告",)}, True),
        ([FileClass.TEST], [], {FileClass.TEST: ("测评报告",)}, False),
        ([], [FileClass.TEST], {FileClass.TEST: ("测评报告",)}, False),
        ([FileClass.TEST], [FileClass.TEST], {}, False),
    ],
)
def test_a_class_without_any_paper_needs_its_heads_word(due, handed_over, left, blocks):
    facts = ArchiveFacts.example(due=due, handed_over=handed_over, papers_unconfirmed=left)
    findings = archive_absences_confirmed(facts)
    assert [f.fact["unconfirmed"] for f in findings] == [["测评报告"]] * blocks
    assert {f.severity for f in findings} <= {"block"}


@pytest.mark.parametrize("rule", RULES)
def test_the_quote_is_the_articles(rule):
    citation = rule.__rule__.citation
    assert (citation.article, quotes("39", citation.quote)) == ("39", True)
