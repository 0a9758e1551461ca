"""The draw of experts (Art 10): random, and repeatable by anyone who has its record. Pure.

The text says 抽取 and no more. Seed, order, alternates and recusal are this suite's policy.

A seed nobody chose puts the pool in order: each expert's place is the SHA-256 of `seed:expert_id`.
Those who must step back are passed over. Each seat goes to the first who knows a field that was
asked for and that nobody seated knows; when there is no such field, to the first of all. Who
withdraws is replaced in the same way. Nothing else enters, so the record of a draw (seed, pool as
it was, size, fields, withdrawals) proves its outcome. The service's README has the check.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.names import person, plain
from govproject.organisations import within
from govproject.terms import Department, Term


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


_DEPARTMENTS = (*(each.zh for each in Department), "区数据局")


def place(seed: str, expert_id: UUID) -> str:
    """Where the seed puts an expert; the smallest comes first.

    >>> place("5eed", UUID(int=1))[:16]
    '7c4e0fd2f713b937'
    """
    return sha256(f"{seed}:{expert_id}".encode()).hexdigest()


def digest(pool: Sequence[PoolEntry]) -> str:
    """What a pool can be told by: SHA-256 of its JSON, members in order, without spaces.

    >>> digest([])[:16]
    '4f53cda18c2baa0c'
    """
    entries = [entry.model_dump(mode="json") for entry in pool]
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def once_each(pool: Sequence[PoolEntry]) -> list[PoolEntry]:
    """Who stands in the pool twice, written in two ways, is drawn as who was added first.

    >>> expert = PoolEntry(
    ...     expert_id=UUID(int=1), name="专家01", employer="高校1", fields=(), recusal=None
    ... )
    >>> again = expert.model_copy(update={"expert_id": UUID(int=2), "name": "专家０１"})
    >>> [entry.recusal for entry in once_each([expert, again])]
    [None, '与专家库中的“专家01（高校1）”是同一人']
    """
    first: dict[tuple[str, str], PoolEntry] = {}
    for entry in pool:
        first.setdefault((person(entry.name), plain(entry.employer)), entry)
    return [
        entry
        if entry.recusal or entry is known
        else entry.model_copy(
            update={"recusal": f"与专家库中的“{known.name}（{known.employer}）”是同一人"}
        )
        for entry in pool
        for known in (first[person(entry.name), plain(entry.employer)],)
    ]


def ranking(pool: Sequence[PoolEntry], seed: str) -> list[PoolEntry]:
    """Those who may serve, in the order of the draw."""
    eligible = (entry for entry in pool if entry.recusal is None)
    return sorted(eligible, key=lambda entry: place(seed, entry.expert_id))


class Seating(NamedTuple):
    """Who sits on a panel, in the order of being seated, and who could take a place there."""

    members: list[PoolEntry]
    alternates: list[PoolEntry]


def seating(
    pool: Sequence[PoolEntry],
    seed: str,
    size: int,
    fields: Sequence[ExpertField] = (),
    withdrawn: Sequence[UUID] = (),
) -> Seating:
    """Seat a panel and replace those who withdrew, in the order in which they did."""
    seated = Seating([], ranking(pool, seed))
    for _ in range(size):
        _seat_one(seated, fields)
    for expert_id in withdrawn:
        sat = len(seated.members)
        for row in seated:
            row[:] = [entry for entry in row if entry.expert_id != expert_id]
        if len(seated.members) < sat:
            _seat_one(seated, fields)
    return seated


def absent(members: Sequence[PoolEntry], fields: Sequence[ExpertField]) -> list[ExpertField]:
    """Which of the fields nobody there knows."""
    known = {each for member in members for each in member.fields}
    return [each for each in fields if each not in known]


def _seat_one(seated: Seating, fields: Sequence[ExpertField]) -> None:
    if not seated.alternates:
        return
    lacking = set(absent(seated.members, fields))
    suits = (entry for entry in seated.alternates if lacking.intersection(entry.fields))
    entry = next(suits, seated.alternates[0])
    seated.alternates.remove(entry)
    seated.members.append(entry)


def recusal(
    *,
    employer: str,
    declared_conflicts: Sequence[str],
    unit: str,
    project_name: str,
    parties: Sequence[str] = (),
) -> str | None:
    """Why an expert steps back from a project, as far as the pool itself knows.

    Args:
        employer: of the expert.
        declared_conflicts: what the expert said, or the bureau learned, of such ties.
        unit: whose project it is.
        project_name: its name.
        parties: who else has a stake in it: authors of its materials, suppliers who would bid.

    >>> recusal(employer="甲局", declared_conflicts=[], unit="甲局", project_name="某项目")
    '任职于项目单位'
    >>> recusal(
    ...     employer="乙大学", declared_conflicts=["2025年为甲局提供咨询"], unit="甲局",
    ...     project_name="某项目",
    ... )
    '已声明利害关系：2025年为甲局提供咨询'

    Width, spacing and case do not make another unit of one, nor does an office within it, nor how
    the district is written:

    >>> recusal(
    ...     employer="某局(信息中心)", declared_conflicts=[], unit="某局（信息中心）",
    ...     project_name="某项目",
    ... )
    '任职于项目单位'
    >>> recusal(
    ...     employer="亭湖区财政局信息中心", declared_conflicts=[], unit="甲局",
    ...     project_name="某项目",
    ... )
    '任职于对项目作出意见或决定的部门：区财政局'
    """
    if within(employer, unit):
        return "任职于项目单位"
    for department in _DEPARTMENTS:
        if within(employer, department):
            return f"任职于对项目作出意见或决定的部门：{department}"
    for party in parties:
        if within(employer, party):
            return f"任职于与项目有利害关系的单位：{party}"
    for conflict in declared_conflicts:
        if any(plain(name) in plain(conflict) for name in (unit, project_name, *parties)):
            return f"已声明利害关系：{conflict}"
    return None
