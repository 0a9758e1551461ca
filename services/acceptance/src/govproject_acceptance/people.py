"""Who took part in a meeting or an evaluation, as it is sent in and kept (Arts 19, 23). Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from govproject.fields import Command, Flag, LongText, ShortText
from govproject.names import person, plain
from govproject.organisations import within_any
from govproject.terms import ParticipantRole

T = TypeVar("T")


class Participant(Command):
    """Somebody at the preliminary acceptance meeting."""

    role: ParticipantRole
    name: ShortText
    employer: ShortText


def in_several_roles(participants: Collection[Participant]) -> tuple[str, ...]:
    """Who comes as more than one, by whatever employers, with what they come as.

    >>> said = [Participant(role=role, name="张三", employer="某局") for role in ParticipantRole]
    >>> in_several_roles(said[:2])
    ('张三（本单位技术主管、系统使用者代表）',)
    """
    roles: dict[str, dict[ParticipantRole, str]] = {}
    for each in participants:
        roles.setdefault(person(each.name), {})[each.role] = each.name
    return tuple(
        f"{next(iter(named.values()))}（{'、'.join(role.zh for role in named)}）"
        for named in roles.values()
        if len(named) > 1
    )


def roles_of_others(
    participants: Collection[Participant], theirs: Mapping[ParticipantRole, Collection[str]]
) -> tuple[ParticipantRole, ...]:
    """The roles for which people came, and none from an organisation whose part it is.

    A role of which no organisation is known is not asked about.

    >>> came = [Participant(role="contractor", name="张三", employer="单位2")]
    >>> [role.value for role in roles_of_others(came, {ParticipantRole.CONTRACTOR: {"甲公司"}})]
    ['contractor']
    """
    came: dict[ParticipantRole, list[str]] = {}
    for each in participants:
        came.setdefault(each.role, []).append(each.employer)
    return tuple(
        role
        for role, employers in came.items()
        if theirs.get(role)
        and not any(within_any(employer, theirs[role]) for employer in employers)
    )


class FinalExpert(Command):
    """A member of the final acceptance's expert group, with their vote.

    `affiliated`: employed by a parent or subsidiary of the project unit, a contractor or a
    supervisor; the employees of these, of their offices and of their branches are recognised by
    their employer. `signed`: the final opinion bears their signature, whatever they voted.
    `dissent`: what who is against has to say.
    """

    name: ShortText
    employer: ShortText
    affiliated: Flag = False
    in_favour: Flag
    signed: Flag = False
    dissent: LongText | None = None

    def is_external(self, involved: Collection[str]) -> bool:
        """Whether the expert counts: not from an organisation involved, nor close to one.

        >>> expert = FinalExpert(name="王工", employer="某大学", in_favour=True)
        >>> expert.is_external({"某科技公司"})
        True
        >>> expert = FinalExpert(name="王工", employer="某(盐城)公司", in_favour=True)
        >>> expert.is_external({"某（盐城）公司"})
        False
        """
        return not self.affiliated and not within_any(self.employer, involved)


def came_for(participants: Iterable[Participant]) -> dict[str, str]:
    """Who came to a preliminary for a party, not as an expert: as what, by name to be compared.

    >>> said = [Participant(role=role, name=role.zh, employer="某局") for role in ParticipantRole]
    >>> came_for(said[3:])
    {'监理单位': '监理单位'}
    """
    return {
        person(each.name): each.role.zh
        for each in participants
        if each.role is not ParticipantRole.EXPERT
    }


def insiders(experts: Collection[FinalExpert], came: Mapping[str, str]) -> tuple[str, ...]:
    """Which experts came to a preliminary for a party, by whatever employers, and as what."""
    return tuple(
        f"{named[0].name}（{came[person(named[0].name)]}）"
        for named in _by_name(experts)
        if person(named[0].name) in came
    )


def external(
    experts: Collection[FinalExpert], involved: Collection[str], came: Collection[str] = ()
) -> list[FinalExpert]:
    """Who counts, each person once: not who is named with an organisation involved as well.

    Nor who came to a preliminary for a party, of the names in `came`. Who is named with two votes
    is not in favour.
    """
    return [
        min(named, key=lambda expert: expert.in_favour)
        for named in _by_name(experts)
        if person(named[0].name) not in came
        and all(expert.is_external(involved) for expert in named)
    ]


def repeated(experts: Collection[FinalExpert]) -> tuple[str, ...]:
    """Who is named more than once, with whatever employers."""
    return tuple(named[0].name for named in _by_name(experts) if len(named) > 1)


def _by_name(experts: Collection[FinalExpert]) -> list[list[FinalExpert]]:
    return _grouped(experts, lambda expert: person(expert.name))


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> list[list[T]]:
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())


def unsigned(experts: Collection[FinalExpert]) -> tuple[str, ...]:
    """Who has not signed the final opinion."""
    return tuple(expert.name for expert in experts if not expert.signed)


def silent_dissent(experts: Collection[FinalExpert]) -> tuple[str, ...]:
    """Who is against and does not say why."""
    return tuple(
        expert.name for expert in experts if not expert.in_favour and expert.dissent is None
    )


class Member(Command):
    """An expert of the group that evaluates a project's performance."""

    name: ShortText
    employer: ShortText


class Parties(NamedTuple):
    """Who takes part in a project, and who has judged it, as far as that is on record."""

    unit: str
    builders: Mapping[str, Collection[str]]
    """Organisations that carry it out or supervise that, by what they are called."""
    others: Mapping[str, Collection[str]]
    """The same of who tests it, and of who is under contract for something else."""
    sat: Mapping[str, str]
    """As what somebody came to a meeting, by name to be compared."""


class Group(NamedTuple):
    """The group that evaluates a project: how many count, and what is pointed out."""

    experts: int
    agencies: int
    repeated_members: tuple[str, ...]
    members_not_counted: tuple[str, ...]
    members_involved: tuple[str, ...]


def group(experts: Collection[Member], agencies: Collection[str], parties: Parties) -> Group:
    """Each person and each agency once; not the unit's people, nor who is no third party.

    Whoever else is close to the project is named with what makes them so.

    >>> parties = Parties("区教育局", {"承建单位": {"甲公司"}}, {}, {"李四": "终验专家"})
    >>> people = [Member(name=n, employer=e) for n, e in (("李四", "某大学"), ("王五", "甲公司"))]
    >>> group(people, ["甲公司亭湖分公司"], parties)[:2]
    (2, 0)
    >>> group(people, ["甲公司亭湖分公司"], parties).members_involved
    ('李四（终验专家）', '王五（承建单位）')
    """
    people = _grouped(experts, lambda member: person(member.name))
    houses = _grouped(agencies, plain)
    own = [named for named in people if any(within_any(m.employer, [parties.unit]) for m in named)]
    no_third = {"项目单位": (parties.unit,), **parties.builders}
    inside = {named[0]: role for named in houses if (role := _role(named[0], no_third))}
    close = {
        **{named[0].name: _close(named, agencies, parties) for named in people if named not in own},
        **{named[0]: _role(named[0], parties.others) for named in houses if named[0] not in inside},
    }
    return Group(
        experts=len(people) - len(own),
        agencies=len(houses) - len(inside),
        repeated_members=tuple(
            [named[0].name for named in people if len(named) > 1]
            + [named[0] for named in houses if len(named) > 1]
        ),
        members_not_counted=tuple(
            [f"{named[0].name}（项目单位人员）" for named in own]
            + [f"{agency}（{role}）" for agency, role in inside.items()]
        ),
        members_involved=tuple(f"{name}（{role}）" for name, role in close.items() if role),
    )


def _close(named: Sequence[Member], agencies: Collection[str], parties: Parties) -> str | None:
    """What makes an expert close to the project or to the group's agencies: the first reason."""
    roles = {**parties.builders, **parties.others, "本工作组第三方机构人员": agencies}
    employed = next((role for m in named if (role := _role(m.employer, roles))), None)
    return employed or parties.sat.get(person(named[0].name))


def _role(organisation: str, roles: Mapping[str, Collection[str]]) -> str | None:
    return next((role for role, theirs in roles.items() if within_any(organisation, theirs)), None)
