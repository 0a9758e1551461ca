from govproject import ArchiveFacts
from govproject_archive.rules.article_35_responsibility import archive_responsibility


def test_a_unit_that_has_said_who_answers():
    assert archive_responsibility(ArchiveFacts.example(unit_is_organised=True)) == ()


def test_a_unit_that_has_not_is_reminded_and_not_refused():
    (finding,) = archive_responsibility(ArchiveFacts.example(unit_is_organised=False))
    assert (finding.article, finding.clause, finding.severity) == ("35", "1", "warn")
    assert finding.fact == {"unit_is_organised": False}
