"""Who may record an act of the bureau."""

import pytest

from govproject.errors import Forbidden
from govproject.identity import Principal, Role
from govproject.reliefs.recording import must_be_impartial

UNIT = "亭湖区教育局"
OFFICIAL = Principal("wang.wu", Role.BUREAU)


@pytest.mark.parametrize(
    ("approver", "unit", "applicants"),
    [
        (OFFICIAL, UNIT, ("wang.wu",)),
        (OFFICIAL, UNIT, (None, "li.si", "wang.wu")),
        (Principal("wang.wu", Role.BUREAU, UNIT), UNIT, ()),
        # The unit is the approver's own office, whether the token says so or not.
        (OFFICIAL, "亭湖区数据局", ()),
        (OFFICIAL, "盐城市亭湖区数据局", ()),
        (OFFICIAL, "区数据局", ()),
    ],
)
def test_nobody_approves_what_they_or_their_unit_applied_for(approver, unit, applicants):
    with pytest.raises(Forbidden, match="approver_is_applicant"):
        must_be_impartial(approver, unit=unit, applicants=applicants)


@pytest.mark.parametrize(
    ("approver", "unit", "applicants"),
    [
        (OFFICIAL, UNIT, ()),
        (OFFICIAL, UNIT, (None, "li.si")),
        (Principal("wang.wu", Role.BUREAU, "亭湖区数据局"), UNIT, ()),
        (OFFICIAL, "亭湖区数据局信息中心", ()),
        (OFFICIAL, "盐城市数据局", ()),
        (OFFICIAL, None, (None,)),
    ],
)
def test_an_official_approves_for_others(approver, unit, applicants):
    must_be_impartial(approver, unit=unit, applicants=applicants)
