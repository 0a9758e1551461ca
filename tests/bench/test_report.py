import json
from xml.etree import ElementTree as ET

import pytest

from govproject.errors import PrerequisiteError
from govproject_local.bench import command, prose, report
from govproject_local.bench.events import RATIOS
from govproject_local.bench.stage import Kind


def rate(contender: str, number: int, messages: float) -> dict:
    return {
        "contender": contender,
        "round": number,
        "messages": 1000,
        "seconds": 1000 / messages,
        "rate": messages,
    }


@pytest.fixture
def result() -> dict:
    """As `bench events --json` prints it; the numbers are made up."""
    rates = {"limit": 9000.0, "ours": 6000.0, "plain": 1500.0}
    return {
        "ratios": dict.fromkeys(RATIOS, 2.5) | {"consume_vs_celery": None},
        "spread": {name: {"min": 2.0, "max": 3.0} for name in RATIOS},
        "samples": {
            "consume": [rate(name, n, r * n) for n in (1, 2) for name, r in rates.items()],
            "publish": [rate(name, 1, 5000.0) for name in ("raw", "ours")],
            "latency": [
                {
                    "contender": name,
                    "round": 1,
                    "events": 100,
                    "p50": 1.0,
                    "p90": 2.0,
                    "p99": 3.0,
                    "curve": [0.1 * n for n in range(1, 100)],
                }
                for name in ("raw", "ours")
            ],
            "growth": [
                {"history": size, "round": 1, "publish_us": 200.0, "consume_us": 150.0}
                for size in (1_000, 1_000_000)
            ],
            "memory": {
                "events": 1_000_000,
                "most_mib": 101.0,
                "growth_mib_per_million": 0.25,
                "resident": [{"events": n, "mib": 100.0} for n in (1, 500_000, 1_000_000)],
            },
        },
        "machine": {
            "cpu": "a processor",
            "cores": 2,
            "memory_gib": 8.0,
            "system": "Linux",
            "python": "3.11",
            "rabbitmq": "3.10.8",
            "erlang": "25",
            "database": "SQLite 3.40",
            "libraries": {"aio-pika": "10.2.1"},
            "commit": "0123456789ab",
            "measured_at": "2026-08-03T09:30:00+00:00",
            "minutes": 14.0,
        },
        "skipped": {"consume_vs_celery": "celery is not installed"},
    }


@pytest.fixture
def docs(result, tmp_path):
    (tmp_path / "performance.json").write_text(json.dumps(result), encoding="utf-8")
    return tmp_path


def test_the_page_says_what_was_measured(docs):
    pytest.importorskip("matplotlib", reason="optional: only ./govproject bench installs it")

    report.write(docs)

    page = (docs / "performance.md").read_text(encoding="utf-8")
    assert "| `consume_vs_limit` | **2.50** | 2.00 … 3.00 |" in page
    assert "| `consume_vs_celery` | — | — | celery is not installed |" in page
    assert "| ours | 9,000 | 6,000 … 12,000 | 2 |" in page
    assert "| 1,000,000 | 200 | 150 | 350 | 1 |" in page
    assert "at most 101 MiB" in page
    assert "0123456789ab" in page
    for image in (docs / "images").iterdir():
        assert f"(images/{image.name})" in page
        assert ET.parse(image).getroot().tag.endswith("svg")  # noqa: S314 - our own


def test_the_same_result_gives_the_same_page_and_plots(docs):
    pytest.importorskip("matplotlib", reason="optional: only ./govproject bench installs it")

    first = {path: path.read_bytes() for path in report.write(docs)}

    assert {path: path.read_bytes() for path in report.write(docs)} == first


def test_every_ratio_has_a_meaning():
    assert set(prose.MEANINGS) == set(RATIOS)


def test_without_a_result_there_is_no_page(tmp_path):
    with pytest.raises(PrerequisiteError, match="bench events --report"):
        report.write(tmp_path)


def test_without_matplotlib_nothing_is_measured_in_vain(monkeypatch):
    monkeypatch.setattr(report, "find_spec", lambda _: None)

    with pytest.raises(PrerequisiteError, match="matplotlib"):
        report.require_plots()


async def test_a_quick_run_is_not_reported():
    with pytest.raises(PrerequisiteError, match="--quick"):
        await command.events(as_json=True, quick=True, keep=True, kind=Kind.SQLITE)
