"""Toy programs for the supervisor, and a clean directory that a private node may use."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govproject_local.process import Program


@pytest.fixture
def lines() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def on_line(lines: list[tuple[str, str]]) -> Callable[[str, str], None]:
    return lambda name, line: lines.append((name, line))


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    """Make a program of Python source; it is ready once it has made the file `<name>.ready`."""

    def make(name: str, source: str, **options: Any) -> Program:
        flag = tmp_path / f"{name}.ready"
        flag.unlink(missing_ok=True)

        async def ready() -> bool:
            return flag.exists()

        prelude = (
            f"import os, pathlib, signal, sys, time\nready = pathlib.Path({str(flag)!r}).touch\n"
        )
        return Program(
            name=name,
            argv=(sys.executable, "-u", "-c", prelude + source),
            env=os.environ,
            cwd=tmp_path,
            ready=ready,
            **options,
        )

    return make
