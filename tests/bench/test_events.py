"""The shape of the result and what is in it; how fast anything is, no test can say."""

import json
from dataclasses import replace
from importlib.util import find_spec

import pytest

from govproject_local.bench import events
from govproject_local.bench.events import PEERS, RATIOS, Bench
from govproject_local.bench.plan import FULL, QUICK
from govproject_local.bench.watch import Measured, StandstillError

# Just enough that nothing is done at one stroke.
TINY = replace(
    QUICK,
    rounds=1,
    consume=dict.fromkeys(QUICK.consume, 200) | {"ours": 1_000},
    publish=dict.fromkeys(QUICK.publish, 100) | {"ours": 1_500},
    latency_events=150,
    growth_sizes=(1_000,),
    growth_events=1_200,
    memory_events=1_500,
)


@pytest.fixture
def bench(stage) -> Bench:
    return Bench(stage, TINY)


async def test_every_part_is_measured_or_says_why_not(bench, stage):
    result = json.loads(json.dumps(await bench.run()))

    assert set(result) == {"ratios", "spread", "samples", "machine", "skipped"}
    assert list(result["ratios"]) == list(RATIOS)
    absent = {f"consume_vs_{peer}" for peer in PEERS if find_spec(peer) is None}
    unknown = {name for name, value in result["ratios"].items() if value is None}
    assert unknown == absent | {"cost_1e6_vs_1e3"}
    assert set(result["skipped"]) == unknown
    for name, value in result["ratios"].items():
        if name not in unknown:
            assert 0 < result["spread"][name]["min"] <= value <= result["spread"][name]["max"]

    samples = result["samples"]
    for part, counts in (("consume", TINY.consume), ("publish", TINY.publish)):
        ran = [run["contender"] for run in samples[part]]
        assert ran == [name for name in counts if f"{part}_vs_{name}" not in absent]
        for run in samples[part]:
            assert run["rate"] > 0
            assert 0 < run["messages"] <= counts[run["contender"]]
    assert [run["contender"] for run in samples["latency"]] == ["raw", "ours"]
    for run in samples["latency"]:
        assert 0 < run["p50"] <= run["p90"] <= run["p99"]
    assert [run["history"] for run in samples["growth"]] == [1_000]
    assert all(run["publish_us"] > 0 and run["consume_us"] > 0 for run in samples["growth"])
    assert samples["memory"]["most_mib"] > 10
    assert samples["memory"]["resident"][-1]["events"] <= TINY.memory_events
    assert result["machine"]["rabbitmq"] != "unknown"
    assert result["machine"]["libraries"]["aio-pika"]
    assert list(stage.directory.iterdir()) == []  # the runs' data


def fake(name: str, order: list[str], *, rate: float = 1.0):
    async def run(_, count: int) -> Measured:
        order.append(name)
        return Measured(count, count / rate)

    return run


async def test_contenders_take_turns(bench, monkeypatch):
    monkeypatch.setattr(bench, "_plan", replace(TINY, rounds=3))
    order: list[str] = []
    contenders = {"limit": fake("limit", order, rate=4.0), "ours": fake("ours", order, rate=2.0)}

    await bench._rates("consume", contenders, TINY.consume)

    assert order == ["limit", "ours"] * 3
    assert bench._ratios["consume_vs_limit"] == (0.5, 0.5, 0.5)


async def test_a_peer_that_fails_is_left_out_with_the_reason(bench):
    async def fail(stage, count: int) -> Measured:
        raise StandstillError("nothing moves")

    contenders = {"ours": fake("ours", []), "plain": fail, "limit": fake("limit", [])}

    await bench._rates("consume", contenders, TINY.consume)

    assert bench._skipped == {"consume_vs_plain": "nothing moves"}
    assert set(bench._ratios) == {"consume_vs_limit"}


async def test_a_peer_that_is_not_installed_is_left_out_with_the_reason(bench, monkeypatch):
    monkeypatch.setattr(events, "find_spec", lambda _: None)
    order: list[str] = []
    contenders = {name: fake(name, order) for name in ("ours", "celery")}

    await bench._rates("consume", contenders, TINY.consume)

    assert order == ["ours"]
    assert "celery is not installed" in bench._skipped["consume_vs_celery"]


async def test_without_the_library_there_is_nothing_to_say(bench):
    async def fail(stage, count: int) -> Measured:
        raise StandstillError("nothing moves")

    with pytest.raises(StandstillError):
        await bench._rates("consume", {"ours": fail}, TINY.consume)


def test_the_full_plan_measures_what_the_ratio_of_growth_compares():
    assert {1_000, 1_000_000} <= set(FULL.growth_sizes)
    assert list(FULL.growth_sizes) == sorted(FULL.growth_sizes)
