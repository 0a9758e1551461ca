import pytest

from govproject_acceptance.people import FinalExpert

INVOLVED = {"亭湖区教育局", "盐城软件公司"}


@pytest.mark.parametrize(
    ("employer", "affiliated", "external"),
    [
        ("某大学", False, True),
        ("某大学", True, False),
        ("盐城软件公司", False, False),
        ("  盐城软件公司 ", False, False),
        ("亭湖区教育局", True, False),
    ],
)
def test_an_expert_from_an_organisation_involved_does_not_count(employer, affiliated, external):
    expert = FinalExpert(name="王工", employer=employer, affiliated=affiliated, in_favour=True)
    assert expert.is_external(INVOLVED) is external
