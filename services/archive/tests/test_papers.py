"""Every kind has its class and its trigger; what counts for which paper."""

import pytest

from govproject.terms import FileClass, PaperKind
from govproject_archive.papers import KINDS, PAPERS, Paper, PaperState, class_of, states

ONE, TWO = (Paper(PaperKind.CONTRACT_TEXT, each) for each in ("甲", "乙"))
UNNAMED = Paper(PaperKind.CONTRACT_TEXT, "")
REPLY = Paper(PaperKind.APPROVAL_REPLY, "")


def test_every_kind_has_one_class_and_one_trigger():
    of_classes = [kind for kinds in KINDS.values() for kind in kinds]
    triggered = [kind for kinds in PAPERS.values() for kind in kinds]
    expected = sorted(kind for kind in PaperKind if kind is not PaperKind.OTHER)
    assert (sorted(of_classes), sorted(triggered)) == (expected, expected)
    assert set(KINDS) == set(FileClass)


def test_other_goes_into_every_class():
    assert class_of(PaperKind.OTHER) is None
    assert class_of(PaperKind.FISCAL_REPORT) is FileClass.APPROVAL


@pytest.mark.parametrize(
    ("archived", "absent", "expected"),
    [
        ([], [], "missing missing"),
        ([TWO], [], "missing archived"),
        ([UNNAMED], [], "archived missing"),
        ([UNNAMED, TWO], [], "archived archived"),
        ([UNNAMED, UNNAMED], [], "archived archived"),
        ([TWO, TWO], [], "missing archived"),
        ([], [ONE], "absent missing"),
        ([UNNAMED], [ONE], "absent archived"),
        ([UNNAMED, UNNAMED], [ONE], "absent archived"),
        ([UNNAMED, TWO], [ONE], "absent archived"),
        ([UNNAMED], [ONE, TWO], "absent absent"),
        ([ONE], [ONE], "archived missing"),
        ([REPLY], [], "missing missing"),
    ],
)
def test_where_each_contracts_text_is(archived, absent, expected):
    found = states([ONE, TWO], archived, absent)
    assert [found[each].value for each in (ONE, TWO)] == expected.split()


def test_each_kind_is_counted_by_itself():
    found = states([REPLY, ONE], [UNNAMED], [])
    assert found == {REPLY: PaperState.MISSING, ONE: PaperState.ARCHIVED}


def test_of_one_record_only_a_file_that_names_none_is_about_it():
    assert states([ONE], [UNNAMED], [ONE]) == {ONE: PaperState.ARCHIVED}
