"""Recording again: what stood before is kept as it was, with who took it back, when and why."""

from typing import Any

from govproject.context import Context
from govproject.errors import Invalid

_ASKED_AGAIN = "项目或材料已变更，按要求重新出具"


def superseded(context: Context, because: str | None, *, asked_again: bool) -> dict[str, Any]:
    """What a record that another takes the place of is kept with.

    Args:
        context: the request that records the other.
        because: why, in the words of who records it.
        asked_again: whether the one before had stopped to count by itself.

    Raises:
        Invalid: it counts, and no reason is given.
    """
    if because is None and not asked_again:
        raise Invalid(
            "correction_unreasoned",
            "已有现行有效的记录，重新出具须写明更正理由（because）；原记录保留，供各方查看。",
        )
    return kept_with(context, because or _ASKED_AGAIN)


def kept_with(context: Context, because: str) -> dict[str, Any]:
    """Who records the other, when and why."""
    return {
        "superseded_at": context.now(),
        "superseded_by": context.caller.subject,
        "superseded_because": because,
    }
