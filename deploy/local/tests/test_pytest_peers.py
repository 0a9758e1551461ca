import os
import subprocess
import sys
from pathlib import Path

import pytest

from govproject_local.hosted import ALL

TESTS = """
import pytest

@pytest.fixture
def broker():
    pytest.skip("no broker here")

def test_uses_a_peer(broker): ...

@pytest.mark.peer("chromium")
@pytest.mark.skipif(True, reason="no browser here")
@pytest.mark.parametrize("page", [1, 2])
def test_names_a_peer(page): ...

@pytest.mark.skip("not about a peer")
def test_skipped(): ...

@pytest.mark.peer("firefox")
def test_runs(): ...
"""


def run(folder: Path, *arguments: str, everything: bool) -> tuple[int, str]:
    (folder / "test_toy.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {key: value for key, value in os.environ.items() if key != ALL}
    # The workspace's other plugins take seconds to import.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "govproject_local.pytest_peers"),
            *("-p", "xdist.plugin", *arguments),
        ],
        cwd=folder,
        env=environment | ({ALL: "1"} if everything else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_what_did_not_run_is_named_with_its_reason_and_under_all_a_failure(tmp_path, workers):
    code, out = run(tmp_path, *workers, everything=True)
    assert code == 1
    account = out.partition("real programs that did not run")[2].splitlines()[1:3]
    assert account == [
        "chromium: 2 tests skipped: no browser here",
        "rabbitmq: 1 tests skipped: no broker here",
    ]
    assert "1 passed, 4 skipped" in out


def test_without_all_it_is_none(tmp_path):
    assert run(tmp_path, everything=False)[0] == 0
