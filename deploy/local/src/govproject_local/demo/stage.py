"""Sets the stage for the demo: a data directory of its own, the suite, the story, the end."""

import asyncio
import shutil
from collections.abc import Coroutine
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path

import httpx2

from govproject.errors import PrerequisiteError
from govproject_local import running
from govproject_local.demo.client import Client, UnexpectedAnswerError
from govproject_local.demo.scene import Scene
from govproject_local.demo.story import play
from govproject_local.demo.transcript import Transcript
from govproject_local.suite import Suite, locked

_MARK = "made-by-demo"


class DemoFailedError(Exception):
    """The suite did not do what the story says."""


async def run(directory: Path, port_base: int, *, broker_url: str | None) -> None:
    """Play the demo and print its transcript; the data stays for `up`.

    Raises:
        PrerequisiteError: the directory holds data that the demo did not make.
        DemoFailedError: a service answered otherwise than the story says.
    """
    suite = Suite(directory, port_base, broker_url=broker_url, progress=running.say)
    await suite.require_startable()
    try:
        _clear(directory)
        _deploy_sample_plugin(directory)
    except OSError as error:
        raise PrerequisiteError(
            f"cannot work in {directory} ({error}): free or repair it,"
            " or choose another directory with --data"
        ) from error
    transcript = Transcript()
    try:
        async with suite, Client(suite) as client:
            await _unless_a_program_ends(suite, play(Scene(suite, client, transcript)))
    except (UnexpectedAnswerError, httpx2.TransportError) as error:
        raise DemoFailedError(
            f"the demo stopped: {str(error) or type(error).__name__} (logs in {directory / 'logs'})"
        ) from error
    transcript.plain(
        f"\nThe data is kept in {directory}: go on with ./govproject up --data {directory}"
    )
    transcript.plain("demo: ok")


async def _unless_a_program_ends(suite: Suite, story: Coroutine[None, None, None]) -> None:
    """Play the story; a program that ends by itself ends it at once, with that program's words."""
    playing = asyncio.create_task(story)
    failure = asyncio.create_task(suite.first_failure())
    try:
        await asyncio.wait({playing, failure}, return_when=asyncio.FIRST_COMPLETED)
        if not playing.done():
            raise failure.result()
        playing.result()
    finally:
        for task in (playing, failure):
            task.cancel()
        await asyncio.gather(playing, failure, return_exceptions=True)


def _clear(directory: Path) -> None:
    """Move an earlier demo's data aside; nothing is ever deleted, other data never touched."""
    if not directory.exists() or not any(directory.iterdir()):
        return
    if not (directory / _MARK).exists():
        raise PrerequisiteError(
            f"{directory} holds data that the demo did not make:"
            " choose another directory with --data"
        )
    names = (directory.with_name(f"{directory.name}.{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    with locked(directory):
        directory.rename(aside)
    running.say(f"what was in {directory} is now in {aside}")


def _deploy_sample_plugin(directory: Path) -> None:
    plugins = directory / "plugins"
    plugins.mkdir(parents=True)
    (directory / _MARK).touch()
    with as_file(files("govproject_local.demo.samples") / "plugins") as samples:
        for path in samples.glob("*.py"):
            shutil.copy(path, plugins)
