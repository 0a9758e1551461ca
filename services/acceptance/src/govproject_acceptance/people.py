"""Who took part in a meeting, as it is sent in and kept (Art 19). Pure."""

from collections.abc import Collection

from govproject.fields import Command, Flag, ShortText
from govproject.terms import ParticipantRole


class Participant(Command):
    """Somebody at the preliminary acceptance meeting."""

    role: ParticipantRole
    name: ShortText
    employer: ShortText


class FinalExpert(Command):
    """A member of the final acceptance's expert group, who signs with their vote.

    `affiliated`: employed by a parent or subsidiary of the project unit, a contractor or a
    supervisor; their own employees are recognised by their employer.
    """

    name: ShortText
    employer: ShortText
    affiliated: Flag = False
    in_favour: Flag

    def is_external(self, involved: Collection[str]) -> bool:
        """Whether the expert counts: not from an organisation involved, nor close to one.

        >>> expert = FinalExpert(name="王工", employer="某大学", in_favour=True)
        >>> expert.is_external({"某科技公司"})
        True
        """
        return not self.affiliated and self.employer not in involved
