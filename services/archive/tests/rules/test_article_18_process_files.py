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


def test_what_another_contract_asked_for_is_named():
    left = {"tender": ("甲合同", "乙合同"), "award": ("乙合同",)}
    found = upload_process_files(ArchiveFacts.example(process_files_outstanding=left))
    assert [(f.severity, f.fact) for f in found] == [
        ("block", {"kind": "tender", "outstanding": ["甲合同", "乙合同"]}),
        ("block", {"kind": "award", "outstanding": ["乙合同"]}),
    ]
    assert "还有2项" in found[0].message
