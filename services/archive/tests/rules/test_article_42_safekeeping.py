from govproject import ArchiveFacts
from govproject.terms import ArchiveProvision
from govproject_archive.rules.article_42_safekeeping import archive_safekeeping


def test_the_archives_are_kept_safe():
    facts = ArchiveFacts.example(provided=[ArchiveProvision.SAFEKEEPING])
    assert archive_safekeeping(facts) == ()


def test_where_nothing_is_said_of_their_safety_it_is_pointed_out_and_not_refused():
    others = [each for each in ArchiveProvision if each is not ArchiveProvision.SAFEKEEPING]
    (finding,) = archive_safekeeping(ArchiveFacts.example(provided=others))
    assert (finding.article, finding.clause, finding.severity) == ("42", "1", "warn")
    assert finding.fact == {"missing": ["safekeeping"]}
