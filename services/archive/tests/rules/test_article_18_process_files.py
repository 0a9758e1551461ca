import pytest

from govproject import ArchiveFacts
from govproject.terms import ProcessFileKind
from govproject_archive.rules.article_18_process_files import upload_process_files


@pytest.mark.parametrize(
    ("due", "uploaded"),
    [
        ((), ()),
        ((), ("tender",)),
        (("tender", "award"), ("award", "tender")),
        (tuple(ProcessFileKind), tuple(ProcessFileKind)),
    ],
)
def test_all_that_is_due_is_there(due, uploaded):
    facts = ArchiveFacts.example(process_files_due=due, process_files=uploaded)
    assert upload_process_files(facts) == ()


@pytest.mark.parametrize("kind", list(ProcessFileKind))
def test_each_kind_is_asked_for(kind):
    others = [other for other in ProcessFileKind if other is not kind]
    (finding,) = upload_process_files(ArchiveFacts.example(process_files=others))
    assert (finding.rule, finding.article, finding.clause, finding.severity, finding.relief) == (
        "upload_process_files",
        "18",
        "2",
        "block",
        "none",
    )
    assert kind.zh in finding.message
    assert finding.fact == {"missing": [kind.value]}
