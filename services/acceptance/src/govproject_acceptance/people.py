"""Who took part in a meeting or an evaluation, as it is sent in and kept (Arts 19, 23). Pure."""

from collections.abc import Collection, Iterable, Mapping

from govproject.fields import Command, Flag, LongText, ShortText
from govproject.names import person
from govproject.organisations import within_any
from govproject.terms import ParticipantRole


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
    found: dict[str, list[FinalExpert]] = {}
    for expert in experts:
        found.setdefault(person(expert.name), []).append(expert)
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
