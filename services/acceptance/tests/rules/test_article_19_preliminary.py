from datetime import date
from decimal import Decimal

import pytest

from govproject.terms import ParticipantRole
from govproject_acceptance.rules.article_19_preliminary import (
    prelim_one_role_each,
    prelim_opinion_and_fix,
    prelim_opinion_on_file,
    prelim_participants,
    prelim_people_of_parties,
)

ALL = tuple(ParticipantRole)
UNSUPERVISED = tuple(role for role in ALL if role is not ParticipantRole.SUPERVISOR)


@pytest.mark.parametrize(
    ("stage", "several", "found"),
    [
        ("preliminary", (), []),
        ("preliminary", ("张三（承建单位、专家）",), ["block"]),
        ("final", ("张三（承建单位、专家）",), []),
    ],
)
def test_prelim_one_role_each(severities, stage, several, found):
    facts = {"stage": stage, "in_several_roles": several}
    assert severities(prelim_one_role_each, **facts) == found


@pytest.mark.parametrize("role", ALL)
def test_every_role_must_be_there(findings, role):
    there = tuple(other for other in ALL if other is not role)
    (finding,) = findings(prelim_participants, stage="preliminary", participants=there)
    assert finding.fact["missing"] == [role.value]
    assert role.zh in finding.message


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"participants": ALL}, []),
        ({"participants": (*ALL, *ALL)}, []),
        ({"participants": ()}, ["block"]),
        ({"participants": UNSUPERVISED}, ["block"]),
        ({"participants": UNSUPERVISED, "without_supervisor": True}, []),
        (
            {
                "participants": UNSUPERVISED,
                "without_supervisor": True,
                "supervision_contracted": True,
            },
            ["block"],
        ),
        ({"participants": ALL, "supervision_contracted": True}, []),
    ],
)
def test_prelim_participants(severities, facts, found):
    assert severities(prelim_participants, stage="preliminary", **facts) == found


@pytest.mark.parametrize("stage", ["trial", "final"])
def test_participants_are_asked_for_at_the_preliminary_only(severities, stage):
    assert severities(prelim_participants, stage=stage, participants=()) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"stage": "preliminary"}, []),
        ({"stage": "preliminary", "opinion_on_file": False}, ["block"]),
        ({"stage": "trial", "opinion_on_file": False}, []),
        ({"stage": "lot", "opinion_on_file": False}, []),
        ({"stage": "final", "opinion_on_file": False}, []),
    ],
)
def test_prelim_opinion_on_file(severities, facts, found):
    assert severities(prelim_opinion_on_file, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"stage": "trial"}, []),
        ({"stage": "trial", "must_fix_open": 1}, ["block"]),
        ({"stage": "trial", "must_fix_open": 1, "must_fix_explained": 1}, ["block"]),
        ({"stage": "final", "must_fix_open": 1}, []),
        ({"stage": "final"}, []),
        ({"stage": "preliminary", "must_fix_open": 1}, []),
        ({"stage": "trial", "preliminary_passed_on": None}, ["block"]),
        ({"stage": "final", "preliminary_passed_on": None}, []),
        ({"stage": "trial", "held_on": date(2026, 3, 1)}, ["block"]),
        ({"stage": "trial", "held_on": date(2026, 3, 2)}, []),
        (
            {
                "stage": "trial",
                "preliminary_passed_on": None,
                "amount_yuan": Decimal("999999.99"),
            },
            [],
        ),
        (
            {"stage": "trial", "preliminary_passed_on": None, "preliminary_waiver": "按月考核"},
            ["block"],
        ),
        (
            {
                "stage": "trial",
                "kind": "ops",
                "preliminary_passed_on": None,
                "preliminary_waiver": "按月考核",
            },
            [],
        ),
    ],
)
def test_prelim_opinion_and_fix(severities, facts, found):
    assert severities(prelim_opinion_and_fix, **facts) == found


@pytest.mark.parametrize(
    ("stage", "roles", "found"),
    [
        ("preliminary", (), []),
        ("preliminary", ("contractor", "supervisor"), ["warn"]),
        ("final", ("contractor",), []),
    ],
)
def test_prelim_people_of_parties(severities, stage, roles, found):
    facts = {"stage": stage, "roles_of_others": roles}
    assert severities(prelim_people_of_parties, **facts) == found
