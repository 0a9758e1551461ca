"""The first of the two commands, played twice."""

import re
import subprocess
import sys

from govproject_local import ports
from govproject_local.paths import ROOT

COMMAND = (sys.executable, "-m", "govproject_local", "demo")
OUTCOMES = (
    "declared|granted|refused|recorded|passed|in trial|archived|proposed|suspended|resumed|released"
)
OUTCOME = re.compile(rf"  ({OUTCOMES})\b")
ARTICLE = re.compile(r"第\d+条")
COUNTED = re.compile(r"printed above: \d+ granted, (\d+) refused")


def play(folder):
    base = ports.pick_base(13)
    return subprocess.run(  # noqa: S603  # our own interpreter and our own code
        [*COMMAND, "--data", str(folder), "--port-base", str(base)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def refusals(lines):
    """The rows of refusals, each with the lines that its cells fold over."""
    rows = []
    for line in lines:
        if OUTCOME.search(line) or not line.strip():
            rows.append(line)
        elif rows:
            rows[-1] += line
    return [row for row in rows if (found := OUTCOME.search(row)) and found[1] == "refused"]


def test_the_demo_plays_twice_and_every_refusal_names_its_article(tmp_path):
    folder = tmp_path / "data"
    for _ in range(2):
        done = play(folder)
        assert done.returncode == 0, done.stderr + done.stdout[-3000:]
        lines = done.stdout.splitlines()
        assert lines[-1] == "demo: ok"
        refused = refusals(lines)
        assert [row for row in refused if not ARTICLE.search(row)] == []
        # 12 at once, 12 registered, the filings, the plan, the plugin, two contracts, two steps of
        # acceptance, two of the archive, Arts 29, 3, 34 twice.
        assert len(refused) >= 36
        assert [int(number) for number in COUNTED.findall(done.stdout)] == [len(refused)]
    assert (tmp_path / "data.1" / "intake.db").exists()


def test_the_demo_leaves_foreign_data_alone(tmp_path):
    (tmp_path / "intake.db").write_text("not the demo's")
    done = play(tmp_path)
    assert done.returncode == 2
    assert "choose another directory" in done.stderr
    assert (tmp_path / "intake.db").read_text() == "not the demo's"
