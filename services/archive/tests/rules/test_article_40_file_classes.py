import pytest

from govproject import ArchiveFacts
from govproject.regulation.text import quotes
from govproject.terms import FileClass, ReliefKind
from govproject_archive.rules import article_40_file_classes as article

BY_CLASS = {
    FileClass.APPROVAL: article.archive_approval_files,
    FileClass.PROCUREMENT: article.archive_procurement_files,
    FileClass.CONTRACT: article.archive_contract_files,
    FileClass.IMPLEMENTATION: article.archive_implementation_files,
    FileClass.SUPERVISION: article.archive_supervision_files,
    FileClass.TEST: article.archive_test_files,
    FileClass.FINAL_ACCEPTANCE: article.archive_final_files,
}
ALL = tuple(FileClass)


def found(rule, **facts: object):
    return [finding.fact for finding in rule(ArchiveFacts.example(**facts))]


def test_every_class_has_its_rule():
    assert set(BY_CLASS) == set(ALL)
    assert article.RULES == BY_CLASS


@pytest.mark.parametrize(("file_class", "rule"), BY_CLASS.items())
class TestOneClass:
    def test_due_and_not_handed_over_is_refused(self, file_class, rule):
        others = tuple(c for c in ALL if c is not file_class)
        assert found(rule, due=ALL, handed_over=others) == [{"file_class": file_class.value}]

    def test_one_volume_is_not_enough_for_two_records(self, file_class, rule):
        facts = {"due": (file_class,), "handed_over": (file_class,)}
        left = {file_class: ("乙合同",)}
        (fact,) = found(rule, **facts, outstanding=left)
        assert fact == {"file_class": file_class.value, "outstanding": ["乙合同"]}

    def test_due_and_handed_over_passes(self, file_class, rule):
        assert found(rule, due=(file_class,), handed_over=(file_class,)) == []

    def test_not_due_passes_even_when_nothing_is_there(self, file_class, rule):
        others = tuple(c for c in ALL if c is not file_class)
        assert found(rule, due=others, handed_over=()) == []

    def test_the_finding_names_the_class_and_cites_its_sentence(self, file_class, rule):
        (finding,) = rule(ArchiveFacts.example(due=(file_class,), handed_over=()))
        assert finding.severity == "block"
        assert finding.relief is ReliefKind.NONE
        assert finding.article == "40"
        assert file_class.zh in finding.message
        assert file_class.zh in finding.quote
        assert quotes("40", finding.quote)


@pytest.mark.parametrize(("due", "blocks"), [((), True), ((FileClass.TEST,), False), (ALL, False)])
def test_a_check_before_anything_is_due_is_refused(due, blocks):
    assert found(article.file_in_time, due=due, handed_over=due) == [{"due": []}] * blocks


def test_the_general_clause_is_quoted():
    assert quotes("40", article.file_in_time.__rule__.citation.quote)
