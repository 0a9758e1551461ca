import pytest

from govproject import ArchiveFacts
from govproject.terms import ArchiveProvision
from govproject_archive.rules.article_36_resources import NEEDED, archive_resources


def test_people_money_and_facilities_are_provided():
    assert archive_resources(ArchiveFacts.example(provided=NEEDED)) == ()


@pytest.mark.parametrize("missing", NEEDED)
def test_each_of_them_is_looked_at_and_none_refuses(missing):
    others = [other for other in ArchiveProvision if other is not missing]
    (finding,) = archive_resources(ArchiveFacts.example(provided=others))
    assert (finding.article, finding.clause, finding.severity) == ("36", "1", "warn")
    assert missing.zh in finding.message
    assert finding.fact == {"missing": [missing.value]}
