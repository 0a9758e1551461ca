"""The steps between the states of one kind of thing, and a refusal that says what is possible.

Whether a step is *allowed* is for the rules; whether it is *possible* is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from govproject.errors import Conflict
from govproject.terms import Term

S = TypeVar("S", bound=Term)


@dataclass(frozen=True, slots=True)
class Steps(Generic[S]):
    """What leads from which state to which, and what people call it."""

    thing: str
    """What goes through the states."""
    article: str
    """The article, or articles, that the states are about."""
    following: Mapping[tuple[S, str], S]
    """The only steps: from a state, by a step, to a state."""
    named: Mapping[str, str]
    """What each step is called; steps that people know as one have one name."""
    instead: Mapping[S, str] = field(default_factory=dict)
    """What to do in a state that no step leads on from; a sentence."""

    def possible(self, state: S) -> list[str]:
        """What can be done in a state, as people call it."""
        names = [self.named[step] for start, step in self.following if start is state]
        return list(dict.fromkeys(names))


def after(steps: Steps[S], state: S, step: str) -> S:
    """The state after a step.

    Raises:
        Conflict: the step is not possible from this state.

    >>> from govproject.terms import LinkState
    >>> links = Steps(
    ...     thing="项目关联",
    ...     article="25",
    ...     following={(LinkState.PROPOSED, "confirm"): LinkState.CONFIRMED},
    ...     named={"confirm": "确认关联", "dismiss": "认定不关联"},
    ... )
    >>> after(links, LinkState.PROPOSED, "confirm").zh
    '区数据局确认'
    >>> after(links, LinkState.PROPOSED, "dismiss")
    Traceback (most recent call last):
    ...
    govproject.errors.Conflict: step_not_possible: 项目关联目前为“待区数据局确认”，\
不能办理“认定不关联”（第25条）。目前可以办理：确认关联。
    """
    try:
        return steps.following[state, step]
    except KeyError:
        raise Conflict(
            "step_not_possible", _why(steps, state, step), state=state, step=step
        ) from None


def _why(steps: Steps[S], state: S, step: str) -> str:
    possible = steps.possible(state)
    if possible:
        then = f"目前可以办理：{'、'.join(possible)}。"
    else:
        then = steps.instead.get(state, "此后没有可以继续办理的环节。")
    return (
        f"{steps.thing}目前为“{state.zh}”，不能办理“{steps.named.get(step, step)}”"
        f"（第{steps.article}条）。{then}"
    )
