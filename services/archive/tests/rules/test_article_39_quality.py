import pytest

from govproject import ArchiveFacts
from govproject.regulation.text import quotes
from govproject_archive.rules.article_39_quality import archive_quality, archived_files_intact


@pytest.mark.parametrize(("backlog", "blocks"), [(0, False), (1, True), (12, True)])
def test_an_event_that_waits_leaves_open_what_is_due(backlog, blocks):
    findings = archive_quality(ArchiveFacts.example(backlog=backlog))
    assert [(f.severity, f.fact) for f in findings] == [("block", {"backlog": backlog})] * blocks


@pytest.mark.parametrize(("lost", "blocks"), [(0, False), (1, True)])
def test_what_is_damaged_passes_no_check(lost, blocks):
    findings = archived_files_intact(ArchiveFacts.example(lost_files=lost))
    assert [(f.severity, f.fact) for f in findings] == [("block", {"lost_files": lost})] * blocks


def test_the_quote_is_the_articles():
    citation = archive_quality.__rule__.citation
    assert (citation.article, quotes("39", citation.quote)) == ("39", True)
