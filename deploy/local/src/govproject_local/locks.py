"""`./govproject lock`: pins every package with its hashes, for all platforms.

Nothing of where the packages came from is written down: every user has their own index.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from govproject.errors import PrerequisiteError
from govproject_local.paths import ROOT, TOOLS

UV = "uv==0.13.9"
PYTHON = "3.11"


def lock(*, upgrade: bool) -> None:
    """Write the four lock files; pins stay as they are unless `upgrade`, or they no longer fit.

    Raises:
        PrerequisiteError: uv could not resolve the packages.
    """
    product = (*_without_members(), "pyproject.toml", "--group=build")
    _compile("requirements.lock", product, upgrade=upgrade)
    developer = (*product, "--group=dev", "--constraints=requirements.lock")
    _compile("requirements-dev.lock", developer, upgrade=upgrade)
    bench = (*developer, "--group=bench", "--constraints=requirements-dev.lock")
    _compile("requirements-bench.lock", bench, upgrade=upgrade)
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write(UV)
        wanted.flush()
        _compile("requirements-uv.lock", (wanted.name, "--no-annotate"), upgrade=upgrade)


def _compile(output: str, arguments: tuple[str, ...], *, upgrade: bool) -> None:
    print(f"{output} …", file=sys.stderr)
    done = subprocess.run(
        [
            *(TOOLS / "bin/uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--no-header", "--no-emit-index-url", "--no-emit-find-links"),
            *(f"--python-version={PYTHON}", f"--output-file={output}", *arguments),
            *(("--upgrade",) if upgrade else ()),
        ],
        cwd=ROOT,
        env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"},
        check=False,
    )
    if done.returncode:
        raise PrerequisiteError(f"{output} was not written: see what uv says above")


def _without_members() -> list[str]:
    """Members are installed from the checkout, so they are not pinned."""
    workspace = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]
    folders = [folder for pattern in workspace["members"] for folder in ROOT.glob(pattern)]
    return [f"--no-emit-package={_name(folder)}" for folder in sorted(folders)]


def _name(folder: Path) -> str:
    name: str = tomllib.loads((folder / "pyproject.toml").read_text())["project"]["name"]
    return name
