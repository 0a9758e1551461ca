"""The wrapper with stand-ins for the network: a python3 whose pip brings a toy uv."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govproject_local.paths import ROOT

# What every Debian has.
TOOLS = (
    *("cat", "chmod", "cp", "dirname", "flock", "grep", "mkdir", "printf", "readlink", "rm"),
    *("sed", "sh", "sha256sum", "tail"),
)

PYTHON = f"""#!/bin/sh
case "$*" in
*"pip --version"*) [ ! -e "$STATE/no-pip" ] || exit 1 ;;
*"pip config list"*) echo "global.index-url='https://mirror.example/simple'" ;;
*"pip install"*)
    echo "$@" >>"$STATE/log"
    [ ! -e "$STATE/offline" ] || {{ echo "ERROR: no route to the index"; exit 1; }}
    mkdir -p .tools/bin .tools/uv-1.2.3.dist-info
    cp "$STATE/uv" .tools/bin/uv ;;
*) exec {sys.executable} "$@" ;;
esac
"""
UV = """#!/bin/sh
echo "uv $* index=$UV_DEFAULT_INDEX downloads=$UV_PYTHON_DOWNLOADS" >>"$STATE/log"
case "$*" in
venv*)
    mkdir -p .venv/bin
    printf '#!/bin/sh\\n[ "$1" = -c ] || echo "cli $*"\\n' >.venv/bin/python
    chmod +x .venv/bin/python ;;
esac
"""


class Checkout:
    """A clone that was never set up, on a machine that has only what the test gives it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.state = folder / "state"
        self.programs = folder / "bin"
        for each in (self.root, self.state, self.programs):
            each.mkdir()
        shutil.copy(ROOT / "govproject", self.root)
        # No look into folders that other tests write into meanwhile.
        for member in (".", "shared", "deploy/local", *ROOT.glob("services/*")):
            copy = self.root / ROOT.joinpath(member, "pyproject.toml").relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text("")
        for lock in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
            (self.root / lock).write_text("")
        (self.root / "requirements-uv.lock").write_text("uv==1.2.3 \\\n    --hash=…\n")
        for tool in TOOLS:
            self.programs.joinpath(tool).symlink_to(str(shutil.which(tool)))
        self.program("python3", PYTHON)
        (self.state / "uv").write_text(UV)
        (self.state / "uv").chmod(stat.S_IRWXU)
        (self.state / "log").touch()

    def program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(text)
        (self.programs / name).chmod(stat.S_IRWXU)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.root / "govproject", *arguments],
            env={"PATH": str(self.programs), "STATE": str(self.state)},
            cwd=self.state,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, err = process.communicate()
        return process.returncode, out, err

    @property
    def log(self) -> list[str]:
        return (self.state / "log").read_text().splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_sets_up_and_the_next_does_nothing(checkout):
    assert checkout.run("up", "--data", "x")[:2] == (0, "cli -m govproject_local up --data x\n")
    pip, venv, packages, workspace = checkout.log
    assert "--require-hashes -r requirements-uv.lock" in pip
    assert "venv --clear --python python3" in venv
    assert "--require-hashes -r requirements.lock" in packages
    assert "--no-deps --no-build-isolation --editable ./shared --editable ./services/" in workspace
    assert checkout.run("up") == (0, "cli -m govproject_local up\n", "")
    assert len(checkout.log) == 4


def test_a_mirror_set_for_pip_serves_uv_and_no_python_is_downloaded(checkout):
    checkout.run()
    assert checkout.log[1].endswith("index=https://mirror.example/simple downloads=never")


@pytest.mark.parametrize("command", ["test", "check", "lock", "chaos"])
def test_developers_commands_install_the_developers_lock(checkout, command):
    checkout.run(command)
    assert "-r requirements-dev.lock" in checkout.log[2]
    checkout.run("up")
    assert len(checkout.log) == 4, "the developer's lock contains the product's"


def test_the_benchmark_installs_its_peers_on_top(checkout):
    checkout.run("bench")
    assert "-r requirements-bench.lock" in checkout.log[2]
    checkout.run("test")
    assert len(checkout.log) == 4, "the benchmark's lock contains the developer's"


@pytest.mark.parametrize("command", ["test", "check", "bench", "chaos"])
def test_help_installs_no_more_than_the_product_and_nothing_where_that_is(checkout, command):
    checkout.run(command, "--help")
    assert "-r requirements.lock" in checkout.log[2]
    with (checkout.root / "shared/pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert checkout.run(command, "--help")[1] == f"cli -m govproject_local {command} --help\n"
    assert len(checkout.log) == 4


@pytest.mark.parametrize("changed", ["requirements.lock", "shared/pyproject.toml", "govproject"])
def test_a_change_installs_again(checkout, changed):
    checkout.run()
    with (checkout.root / changed).open("a") as file:
        file.write("# changed\n")
    checkout.run()
    assert [line.split()[1] for line in checkout.log[4:]] == ["pip", "pip"]


def test_two_at_once_set_up_once(checkout):
    both = [checkout.start("up") for _ in range(2)]
    for each in both:
        with each:
            assert each.communicate()[0] == "cli -m govproject_local up\n"
        assert each.returncode == 0
    assert len(checkout.log) == 4


def test_a_set_up_that_failed_is_done_again(checkout):
    (checkout.state / "offline").touch()
    assert checkout.run()[0] == 2
    (checkout.state / "offline").unlink()
    assert checkout.run()[0] == 0


def no_python(checkout: Checkout) -> None:
    (checkout.programs / "python3").unlink()


def an_old_python(checkout: Checkout) -> None:
    checkout.program("python3", "#!/bin/sh\nexit 1\n")


def no_pip(checkout: Checkout) -> None:
    (checkout.state / "no-pip").touch()


def offline(checkout: Checkout) -> None:
    (checkout.state / "offline").touch()


def not_writable(checkout: Checkout) -> None:
    (checkout.root / ".tools").touch()


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        (no_python, "no Python 3.11 or newer found: install it"),
        (an_old_python, "no Python 3.11 or newer found: install it"),
        (no_pip, "python3 has no pip: install it (on Debian and Ubuntu: python3-pip)"),
        (offline, "ERROR: no route to the index (is your package index reachable?"),
        (not_writable, "make it writable, or copy the project elsewhere"),
    ],
)
def test_what_is_missing_is_one_line_that_says_what_to_do(
    checkout: Checkout, lacks: Callable[[Checkout], None], says: str
):
    lacks(checkout)
    code, out, err = checkout.run()
    *progress, last = err.splitlines()
    assert (code, out) == (2, "")
    assert says in last
    assert all(line.endswith("…") for line in progress)


def test_no_lock_names_an_index():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text, lock.name
        assert os.fspath(ROOT) not in text
