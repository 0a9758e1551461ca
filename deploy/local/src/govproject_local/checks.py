"""`./govproject check`: what must hold before a change lands.

To add a check, add a line to CHECKS.
"""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from govproject_local.paths import ROOT
from govproject_local.suite import SERVICES

AT_ONCE = 2


@dataclass(frozen=True)
class Command:
    """A program of the virtual environment, and where it runs."""

    argv: tuple[str, ...]
    cwd: Path = ROOT


@dataclass(frozen=True)
class Check:
    """Holds if all its commands, one after the other, end with 0."""

    name: str
    commands: tuple[Command, ...]


_SOURCES = ("shared/src", *(f"services/{name}/src" for name in SERVICES), "deploy/local/src")

CHECKS = (
    Check("types", (Command(("mypy", *_SOURCES)),)),
    Check("format", (Command(("ruff", "format", "--check", "--diff", ".")),)),
    Check("lint", (Command(("ruff", "check", ".")),)),
    Check("imports", (Command(("lint-imports",)),)),
    Check("contracts", (Command(("python", "-m", "govproject_local.published")),)),
    Check("docs", (Command(("python", "-m", "govproject_local", "docs", "--check")),)),
)


async def run(checks: tuple[Check, ...], console: Console) -> bool:
    """Run the checks, two at once, and print each result; True if all hold."""
    lanes = asyncio.Semaphore(AT_ONCE)

    async def in_lane(check: Check) -> bool:
        async with lanes:
            return await _holds(check, console)

    return all(await asyncio.gather(*(in_lane(check) for check in checks)))


async def _holds(check: Check, console: Console) -> bool:
    begin = time.monotonic()
    complaints = [text for text in [await _complaint(each) for each in check.commands] if text]
    seconds = f"{time.monotonic() - begin:.1f} s"
    if complaints:
        console.print(f"[red]failed[/red] {check.name}  ({seconds})")
        for text in complaints:
            console.print(text.rstrip(), markup=False, highlight=False)
    else:
        console.print(f"[green]ok[/green]     {check.name}  ({seconds})")
    return not complaints


async def _complaint(command: Command) -> str:
    """Run a command; its output if it failed, otherwise nothing."""
    programs = Path(sys.executable).parent
    process = await asyncio.create_subprocess_exec(
        str(programs / command.argv[0]),
        *command.argv[1:],
        cwd=command.cwd,
        env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "NO_COLOR": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    if process.returncode == 0:
        return ""
    return output.decode() or f"{command.argv[0]} ended with exit code {process.returncode}"
