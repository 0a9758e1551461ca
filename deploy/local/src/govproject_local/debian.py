"""Programs out of Debian's packages, without root and without installing anything.

`apt-get download` checks each package against the signed lists of the machine's own sources; it is
unpacked under `.tools/debs/<bundle>`, which then looks like `/` to the programs in it.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local.paths import TOOLS
from govproject_local.running import say

STORE = TOOLS / "debs"


def _as_it_is(tree: Path, place: Path) -> None:
    """Nothing in the tree depends on its place."""


@dataclass(frozen=True)
class Bundle:
    """Packages that together make one thing runnable."""

    name: str
    packages: tuple[str, ...]
    # Gets the tree and the place where it will lie.
    relocate: Callable[[Path, Path], None] = _as_it_is
    # Also the shared libraries that these packages need and the machine does not have.
    with_libraries: bool = False

    @property
    def place(self) -> Path:
        """Where the unpacked tree lies once it was fetched."""
        return STORE / self.name


def relocate_erlang(tree: Path, place: Path) -> None:
    """Write the place into Erlang's start scripts, which name their root."""
    for script in tree.glob("usr/lib/erlang/**/bin/erl"):
        script.write_text(
            script.read_text().replace(
                "ROOTDIR=/usr/lib/erlang", f'ROOTDIR="{place}/usr/lib/erlang"'
            )
        )


# What `rabbitmq-server` depends on; apt is not asked, because it would leave out what is installed.
ERLANG = (
    *("asn1", "base", "crypto", "eldap", "inets", "mnesia", "os-mon", "parsetools", "public-key"),
    *("runtime-tools", "ssl", "syntax-tools", "tools", "xmerl"),
)
RABBITMQ = Bundle(
    "rabbitmq",
    ("rabbitmq-server", *(f"erlang-{part}" for part in ERLANG)),
    relocate=relocate_erlang,
)
POSTGRESQL = Bundle("postgresql", ("postgresql", "postgresql-client"), with_libraries=True)
PROMETHEUS = Bundle("prometheus", ("prometheus",))
CHROMIUM = Bundle("chromium", ("chromium", "chromium-common"), with_libraries=True)


def fetch(bundle: Bundle, purpose: str) -> Path:
    """Return the unpacked tree of a bundle, fetching it unless that was done before.

    Args:
        bundle: what to fetch.
        purpose: how the message ends if it cannot be done, i.e. the way round.

    Raises:
        PrerequisiteError: there is no apt, or it cannot reach its sources.
    """
    place = bundle.place
    if place.is_dir():
        return place
    missing = [tool for tool in ("apt-get", "apt-cache", "dpkg-deb") if not shutil.which(tool)]
    if missing:
        raise PrerequisiteError(f"{bundle.name}: no {missing[0]} to fetch it with; {purpose}")
    STORE.mkdir(parents=True, exist_ok=True)
    with _only_one(STORE / "lock"):
        if not place.is_dir():  # somebody else may have fetched it while we waited
            _fetch(bundle, place, purpose)
    return place


def _fetch(bundle: Bundle, place: Path, purpose: str) -> None:
    say(f"fetching {bundle.name}, as Debian packages, into {place} …")
    with tempfile.TemporaryDirectory(dir=STORE, prefix=f".{bundle.name}-") as scratch:
        archives, tree = Path(scratch, "archives"), Path(scratch, "tree")
        archives.mkdir()
        tree.mkdir()
        apt = _Apt(STORE / "apt")
        try:
            apt.update()
            names = [apt.resolve(name) for name in bundle.packages]
            if bundle.with_libraries:
                names += apt.missing_libraries(names)
            apt.download(names, archives)
            for archive in sorted(archives.glob("*.deb")):
                _run(["dpkg-deb", "-x", str(archive), str(tree)])
        except subprocess.CalledProcessError as error:
            said = [*apt.warnings, *error.stderr.splitlines(), "no reason given"]
            raise PrerequisiteError(
                f"{bundle.name}: {error.cmd[0]} failed ({said[0].strip()}); {purpose}"
            ) from error
        bundle.relocate(tree, place)
        tree.rename(place)


class _Apt:
    """Apt with lists of its own, so that it needs no root and changes nothing on the machine."""

    def __init__(self, state: Path) -> None:
        for part in ("lists/partial", "cache/archives/partial"):
            (state / part).mkdir(parents=True, exist_ok=True)
        self.warnings: list[str] = []
        self._options = [
            *("-o", f"Dir::State::Lists={state}/lists"),
            *("-o", f"Dir::Cache={state}/cache"),
            *("-o", "Dir::State::status=/var/lib/dpkg/status"),
            *("-o", "Acquire::Languages=none"),
            *("-o", "Acquire::Retries=2"),
            # As root, apt would drop to a user that cannot write into our directory.
            *("-o", "APT::Sandbox::User="),
        ]

    def update(self) -> None:
        """Fetch the lists; a source that fails is a warning, for the others may be enough."""
        done = _run(["apt-get", *self._options, "-qq", "update"])
        self.warnings = done.stderr.splitlines()

    def resolve(self, name: str) -> str:
        """Follow a metapackage such as `postgresql` to the package of the current version."""
        depends = _run(["apt-cache", *self._options, "depends", "--important", name]).stdout
        found = re.search(rf"Depends: ({re.escape(name)}-\d+)$", depends, re.MULTILINE)
        return found[1] if found else name

    def missing_libraries(self, names: list[str]) -> list[str]:
        options = [*self._options, "-qq", "--no-install-recommends"]
        plan = _run(["apt-get", *options, "--simulate", "install", *names]).stdout
        libraries = re.findall(r"^Inst (lib\S+)", plan, re.MULTILINE)
        # LLVM is 20 MB for PostgreSQL's just-in-time compiler, which stays off.
        return [each for each in libraries if not each.startswith("libllvm")]

    def download(self, names: list[str], into: Path) -> None:
        _run(["apt-get", *self._options, "-qq", "download", *names], cwd=into)


def _run(argv: list[str], cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        argv,
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
