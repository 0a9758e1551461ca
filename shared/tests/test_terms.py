import inspect

import pytest

from govproject import terms
from govproject.terms import Term, Track

VOCABULARIES = [
    value
    for value in vars(terms).values()
    if inspect.isclass(value) and issubclass(value, Term) and value is not Term
]
MEMBERS = [member for vocabulary in VOCABULARIES for member in vocabulary]


def test_a_member_is_its_wire_value_and_carries_its_chinese_name():
    assert (Track.FILING.value, str(Track.FILING), Track.FILING.zh) == (
        "filing",
        "filing",
        "报备制管理",
    )
    assert {"filing": "found"}[Track.FILING] == "found"


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
def test_a_member_is_found_by_its_value_and_is_named_like_it(member):
    assert type(member)(member.value) is member
    assert member.name == member.value.upper()
    assert member.zh


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.__name__)
def test_no_two_members_read_the_same(vocabulary):
    assert len({member.zh for member in vocabulary}) == len(list(vocabulary))


def test_the_numbers_that_the_regulation_counts():
    assert len(terms.Veto) == 9
    assert len(terms.FilingCondition) == 5
    assert len(terms.FileClass) == 7
    assert len(terms.Department) == 4


def test_a_word_of_no_vocabulary():
    with pytest.raises(ValueError, match="neither"):
        Track("neither")
