import pytest

from govproject import ArchiveFacts
from govproject.terms import ArchivePlace
from govproject_archive.rules.article_37_in_step import archive_in_step


def test_it_is_written_down_in_all_five_places():
    assert archive_in_step(ArchiveFacts.example(in_step=tuple(ArchivePlace))) == ()


@pytest.mark.parametrize("place", list(ArchivePlace))
def test_each_place_is_looked_at_and_none_refuses(place):
    others = [other for other in ArchivePlace if other is not place]
    (finding,) = archive_in_step(ArchiveFacts.example(in_step=others))
    assert (finding.article, finding.clause, finding.severity) == ("37", "1", "warn")
    assert finding.message == f"档案工作尚未纳入：{place.zh}。"
    assert finding.fact == {"missing": [place.value]}
