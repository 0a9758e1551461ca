import subprocess
import sys

from govproject_local.paths import ROOT


def test_an_unknown_mutant_is_named_in_one_line():
    done = subprocess.run(
        [sys.executable, "-m", "govproject_local", "chaos", "--mutant", "nobody"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.endswith("name one of ack-before-commit, mark-before-confirm, no-cursor")
