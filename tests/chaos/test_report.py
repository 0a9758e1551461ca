import json

import pytest

from govproject.messaging.windows import Window
from govproject_local.chaos import report
from govproject_local.chaos.killer import Toll
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.chaos.outcome import Asked, Outcome
from govproject_local.chaos.verdict import Findings


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "RUNS", tmp_path / "reliability.json")
    return tmp_path / "reliability.json"


def outcome(*, kills=2, done=2, mutant=None, findings=None, failures=()):
    toll = Toll()
    toll.by_target["intake"] = toll.by_manner[Window.MARKED] = done
    return Outcome(
        asked=Asked(1, kills, 10, "sqlite", mutant),
        toll=toll,
        transactions=10,
        repeated=3,
        events=12,
        effects=40,
        findings=findings or Findings(),
        failures=list(failures),
        seconds=60.0,
    )


def test_a_run_holds_only_if_all_was_reached_and_nothing_was_found():
    assert outcome().held
    assert not outcome(done=1).held
    assert not outcome(findings=Findings(lost=["one"])).held
    assert not outcome(findings=Findings(inconsistent=["one"])).held
    assert not outcome(failures=["refused"]).held


def test_the_json_is_what_others_rely_on():
    found = json.loads(json.dumps(outcome(findings=Findings(parked=["one"])).as_json()))
    assert {name: found[name] for name in ("seed", "kills", "transactions")} == {
        "seed": 1,
        "kills": 2,
        "transactions": 10,
    }
    assert (found["lost"], found["duplicated"], found["reordered"]) == (0, 0, 0)
    assert (found["parked_unexpected"], found["scenarios"]) == (1, [])
    assert found["findings"] == ["one"]


def test_a_run_takes_the_place_of_the_same_one(runs):
    report.add(outcome(findings=Findings(lost=["one"])).as_json())
    report.add(outcome().as_json())
    report.add(outcome(kills=3, done=3).as_json())
    assert [(run["kills"], run["lost"]) for run in json.loads(runs.read_text())] == [(2, 0), (3, 0)]


def test_the_page_shows_results_windows_and_mutants():
    report.add(outcome().as_json())
    report.add(outcome(mutant="no-cursor", findings=Findings(duplicated=["a", "b"])).as_json())
    page = "\n".join(report.page())
    assert "| sqlite | 1 | 2 | 10 | 12 | 40 | 0 | 0 | 0 | 0 | 0 | 0 | 1.0 |" in page
    assert "| `marked`: they are marked as published | 2 |" in page
    assert all(f"`{window}`" in page for window in Window)
    assert "| `no-cursor` | archive, `recorded` | duplicated | 0 | 2 | 2 | yes |" in page
    assert all(f"| `{name}` |" in page for name in MUTANTS)
