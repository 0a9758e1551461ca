"""The draw itself: fair, repeatable, and checked as the README tells everyone to check it."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproject_review.draw import ExpertField, PoolEntry, absent, digest, ranking, recusal, seating

README = Path(__file__).parents[1] / "README.md"


def entry(
    number: int, recusal: str | None = None, fields: tuple[ExpertField, ...] = ()
) -> PoolEntry:
    return PoolEntry(
        expert_id=UUID(int=number),
        name=f"专家{number}",
        employer="某大学",
        fields=fields,
        recusal=recusal,
    )


@given(
    seed=st.text(max_size=40),
    pool=st.lists(
        st.builds(entry, st.integers(0, 2**128 - 1), st.sampled_from([None, "回避"])),
        unique_by=lambda e: e.expert_id,
        max_size=30,
    ),
    shuffled=st.randoms(use_true_random=False),
)
def test_the_order_of_the_pool_does_not_matter(seed, pool, shuffled):
    drawn = ranking(pool, seed)
    again = list(pool)
    shuffled.shuffle(again)
    assert ranking(again, seed) == drawn
    assert sorted(drawn, key=str) == sorted((e for e in pool if e.recusal is None), key=str)


def test_who_withdraws_makes_room_and_changes_nothing_else():
    pool = [entry(number) for number in range(1, 8)]
    order = ranking(pool, "5eed")
    gone = [order[1].expert_id, order[4].expert_id]
    seated = seating(pool, "5eed", 5, withdrawn=gone)
    assert [*seated.members, *seated.alternates] == [e for e in order if e.expert_id not in gone]
    assert len(seated.members) == 5


SECURITY, BUSINESS = ExpertField.NETWORK_SECURITY, ExpertField.BUSINESS


def test_a_field_that_is_asked_for_has_a_seat_if_anybody_knows_it():
    pool = [entry(number) for number in range(1, 10)]
    known = entry(10, fields=(SECURITY,))
    for seed in map(str, range(30)):
        seated = seating([*pool, known], seed, 5, (SECURITY, BUSINESS))
        assert known in seated.members
        assert absent(seated.members, (SECURITY, BUSINESS)) == [BUSINESS]
        others = [member for member in seated.members if member != known]
        assert others == ranking(pool, seed)[:4]


def test_who_withdraws_is_replaced_by_one_of_the_same_field_and_the_others_stay():
    pool = [entry(number) for number in range(1, 8)]
    pool += [entry(number, fields=(SECURITY,)) for number in (8, 9)]
    for seed in map(str, range(30)):
        before = seating(pool, seed, 3, (SECURITY,)).members
        gone = next(member for member in before if member.fields)
        after = seating(pool, seed, 3, (SECURITY,), [gone.expert_id]).members
        assert absent(after, (SECURITY,)) == []
        assert set(map(str, before)) - set(map(str, after)) == {str(gone)}


def test_a_pool_that_is_too_small_seats_whom_it_has():
    seated = seating([entry(1), entry(2, "回避")], "5eed", 3, (SECURITY,))
    assert ([member.name for member in seated.members], seated.alternates) == (["专家1"], [])


SIZE, DRAWS = 5, 10_000
BEYOND_CHANCE = 27.88
"""One in a thousand honest series of draws of five from ten passes it: chi-square, nine degrees."""


def spread(drawn: Counter[UUID], may_serve: set[UUID]) -> float:
    """Pearson's statistic for draws without replacement."""
    count = len(may_serve)
    chance = SIZE / count
    expected = DRAWS * chance
    squares = sum((drawn[each] - expected) ** 2 for each in may_serve)
    return squares / (expected * (1 - chance)) * (count - 1) / count


def test_everyone_has_the_same_chance_and_nobody_serves_who_steps_back():
    pool = [entry(number) for number in range(1, 13)]
    pool[3] = pool[3].model_copy(update={"recusal": "任职于项目单位"})
    pool[8] = pool[8].model_copy(update={"recusal": "已声明利害关系：甲局"})
    may_serve = {each.expert_id for each in pool if each.recusal is None}
    drawn: Counter[UUID] = Counter()
    biased: Counter[UUID] = Counter()
    for seed in range(DRAWS):
        members = [each.expert_id for each in seating(pool, f"{seed:032x}", SIZE).members]
        drawn.update(members)
        # A favourite takes the last seat of every twentieth draw.
        favoured = seed % 20 == 0 and UUID(int=1) not in members
        biased.update([*members[:-1], UUID(int=1)] if favoured else members)
    assert drawn.keys() == may_serve
    assert spread(drawn, may_serve) < BEYOND_CHANCE
    assert spread(biased, may_serve) > BEYOND_CHANCE


def test_nobody_who_steps_back_serves_whatever_is_asked_for_and_whoever_leaves():
    pool = [
        entry(number, "回避" if number % 4 == 0 else None, (SECURITY if number % 2 else BUSINESS,))
        for number in range(1, 17)
    ]
    steps_back = {each.expert_id for each in pool if each.recusal}
    served: Counter[UUID] = Counter()
    for seed in range(2_000):
        first = seating(pool, f"{seed:032x}", 5, (BUSINESS, SECURITY)).members
        after = seating(
            pool, f"{seed:032x}", 5, (BUSINESS, SECURITY), [first[seed % 5].expert_id]
        ).members
        assert len(after) == 5
        assert first[seed % 5] not in after
        served.update(each.expert_id for each in (*first, *after))
    assert served.keys() == {each.expert_id for each in pool} - steps_back


@pytest.mark.parametrize(
    ("employer", "conflicts", "reason"),
    [
        ("乙大学", [], None),
        ("乙大学", ["丙公司"], None),
        ("甲局", [], "任职于项目单位"),
        ("甲局信息中心", [], "任职于项目单位"),
        ("区数据局", [], "任职于对项目作出意见或决定的部门：区数据局"),
        ("盐城市亭湖区审计局", [], "任职于对项目作出意见或决定的部门：区审计局"),
        ("盐都区财政局", [], None),
        ("亭湖区财政局信息中心", [], "任职于对项目作出意见或决定的部门：区财政局"),
        (" 甲 局 ", [], "任职于项目单位"),
        ("乙大学", ["丙公司", "曾任职甲局"], "已声明利害关系：曾任职甲局"),
        ("乙大学", ["智慧平台项目监理"], "已声明利害关系：智慧平台项目监理"),
    ],
)
def test_recusal(employer, conflicts, reason):
    found = recusal(
        employer=employer, declared_conflicts=conflicts, unit="甲局", project_name="智慧平台"
    )
    assert found == reason


@pytest.mark.parametrize(
    ("employer", "reason"),
    [
        ("区教育局", "任职于项目单位"),
        ("盐城市亭湖区教育局装备站", "任职于项目单位"),
        ("盐城市教育局", None),
        ("丙公司亭湖分公司", "任职于与项目有利害关系的单位：丙公司"),
        ("丙公司研发中心", "任职于与项目有利害关系的单位：丙公司"),
        ("丁公司研发中心", None),
    ],
)
def test_an_office_or_a_branch_is_one_with_its_organisation(employer, reason):
    found = recusal(
        employer=employer,
        declared_conflicts=[],
        unit="亭湖区教育局",
        project_name="智慧平台",
        parties=["丙公司"],
    )
    assert found == reason


@pytest.mark.parametrize(
    ("employer", "conflicts", "reason"),
    [
        ("某局(信息中心)", [], "任职于项目单位"),
        ("某局（信息中心）", [], "任职于项目单位"),
        ("某局（大数据中心）", [], None),
        ("乙大学", ["曾任职某局(信息中心)"], "已声明利害关系：曾任职某局(信息中心)"),
        ("乙大学", ["监理ＯＡ平台(二期)"], "已声明利害关系：监理ＯＡ平台(二期)"),
    ],
)
def test_names_are_one_however_they_are_written(employer, conflicts, reason):
    found = recusal(
        employer=employer,
        declared_conflicts=conflicts,
        unit="某局（信息中心）",
        project_name="OA平台（二期）",
    )
    assert found == reason


def with_one_more_seat(panel: dict[str, Any]) -> dict[str, Any]:
    """A favourite is seated for somebody who never sat there."""
    nobody = {"expert_id": str(UUID(int=99)), "reason": "因病", "withdrawn_at": None}
    return panel | {
        "withdrawals": [*panel["withdrawals"], nobody],
        "members": [*panel["members"], panel["alternates"][0]],
        "alternates": panel["alternates"][1:],
    }


class TestVerification:
    """The check in the README, run as a citizen would run it."""

    @pytest.fixture
    def panel(self, review):
        review.pre_reviewed()
        review.pool(8)
        review.expert("本单位专家", employer="亭湖区教育局")
        panel = review.drawn()
        body = {"expert_id": panel["members"][0]["expert_id"], "reason": "因病"}
        return review.done(f"/panels/{panel['id']}/withdrawals", body, "bureau")

    @staticmethod
    def verify(panel: dict[str, Any], *given: str) -> subprocess.CompletedProcess[str]:
        (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
        return subprocess.run(  # noqa: S603  # our own README, our own interpreter
            [sys.executable, "-I", "-O", "-c", code, *given],
            input=json.dumps(panel),
            text=True,
            capture_output=True,
            check=False,
        )

    def test_it_agrees_with_an_honest_draw(self, panel):
        result = self.verify(panel)
        pool = digest([PoolEntry.model_validate(entry) for entry in panel["pool"]])
        said = f"draw: ok, round 1, pool {pool}\n"
        assert (result.returncode, result.stdout, result.stderr) == (0, said, "")

    def test_it_compares_the_pool_with_what_was_published_at_the_draw(self, panel, review):
        (event,) = review.published("panel.drawn")
        assert (event.round, event.because) == (1, "")
        assert self.verify(panel, event.pool_digest).returncode == 0
        # Somebody whom the seed puts last anyway was never in the pool, it is said now.
        last = panel["alternates"][-1]
        fewer = panel | {
            "pool": [entry for entry in panel["pool"] if entry != last],
            "alternates": panel["alternates"][:-1],
        }
        assert self.verify(fewer).returncode == 0
        result = self.verify(fewer, event.pool_digest)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == "draw: not the pool that was published\n"

    @pytest.mark.parametrize(
        "forge",
        [
            lambda panel: panel | {"seed": "0" * 32},
            lambda panel: panel | {"members": panel["members"][::-1]},
            lambda panel: panel | {"withdrawals": []},
            lambda panel: panel | {"members": [panel["alternates"][0], *panel["members"][1:]]},
            lambda panel: panel | {"pool": [e | {"recusal": None} for e in panel["pool"]]},
            lambda panel: panel | {"size": panel["size"] + 2},
            with_one_more_seat,
        ],
    )
    def test_it_finds_a_forged_one(self, panel, forge):
        result = self.verify(forge(panel))
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr.startswith("draw: no")
