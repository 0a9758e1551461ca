"""The draw of experts (Art 10): random, and repeatable by anyone who has its record. Pure.

The text says 抽取 and no more. Seed, order, alternates and recusal are this suite's policy.

A seed nobody chose puts the pool in order: each expert's place is the SHA-256 of `seed:expert_id`.
Those who must step back are passed over; the first `size` of the others are the panel, the next
are its alternates, in that order. Nothing else enters, so the record of a draw (seed, pool as it
was, size, withdrawals) proves its outcome. The service's README has the check in ten lines.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.terms import Term


class ExpertField(Term):
    """What an expert knows (Art 10)."""

    BUSINESS = "business", "项目相关领域业务"
    INFORMATIZATION = "informatization", "信息化"
    NETWORK_SECURITY = "network_security", "网络安全"
    OTHER = "other", "其他"


class PoolEntry(BaseModel):
    """An expert of the pool as it was at the draw; `recusal` says why this one steps back."""

    model_config = ConfigDict(frozen=True)

    expert_id: UUID
    name: str
    employer: str
    fields: tuple[ExpertField, ...]
    recusal: str | None


class Withdrawal(BaseModel):
    """A drawn expert who cannot serve, or must not."""

    model_config = ConfigDict(frozen=True)

    expert_id: UUID
    reason: str
    withdrawn_at: datetime


def place(seed: str, expert_id: UUID) -> str:
    """Where the seed puts an expert; the smallest comes first.

    >>> place("5eed", UUID(int=1))[:16]
    '7c4e0fd2f713b937'
    """
    return sha256(f"{seed}:{expert_id}".encode()).hexdigest()


def ranking(pool: Sequence[PoolEntry], seed: str) -> list[PoolEntry]:
    """Those who may serve, in the order of the draw."""
    eligible = (entry for entry in pool if entry.recusal is None)
    return sorted(eligible, key=lambda entry: place(seed, entry.expert_id))


def serving(pool: Sequence[PoolEntry], seed: str, withdrawn: Collection[UUID]) -> list[PoolEntry]:
    """The ranking without those who withdrew: the panel's members first, then its alternates."""
    return [entry for entry in ranking(pool, seed) if entry.expert_id not in withdrawn]


def recusal(
    *, employer: str, declared_conflicts: Sequence[str], unit: str, project_name: str
) -> str | None:
    """Why an expert steps back from a project, as far as the pool itself knows.

    >>> recusal(employer="甲局", declared_conflicts=[], unit="甲局", project_name="某项目")
    '任职于项目单位'
    >>> recusal(
    ...     employer="乙大学", declared_conflicts=["2025年为甲局提供咨询"], unit="甲局",
    ...     project_name="某项目",
    ... )
    '已声明利害关系：2025年为甲局提供咨询'
    """
    if employer == unit:
        return "任职于项目单位"
    for conflict in declared_conflicts:
        if unit in conflict or project_name in conflict:
            return f"已声明利害关系：{conflict}"
    return None
