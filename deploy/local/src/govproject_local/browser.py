"""A headless Chromium that tests look at pages with, spoken to over a pair of pipes."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from govproject.errors import PrerequisiteError
from govproject_local import debian

T = TypeVar("T")

_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe", "about:blank"),
)
_PATIENCE_SECONDS = 60
_POLL_SECONDS = 0.02
_FOCUSED = "![null, document.body].includes(document.activeElement)"
# The browser reads from 3 and writes to 4, which this interpreter may use for something else.
_WITH_PIPES = (
    "import fcntl, os, sys; "
    "reads, writes = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]); "
    "os.dup2(reads, 3); os.dup2(writes, 4); os.execv(sys.argv[3], sys.argv[3:])"
)


def find(*, may_fetch: bool) -> Path:
    """Return the program.

    Raises:
        PrerequisiteError: it is not installed, and fetching is impossible or not wanted.
    """
    if found := shutil.which("chromium"):
        return Path(found)
    if not may_fetch and not debian.CHROMIUM.place.is_dir():
        raise PrerequisiteError("Chromium is not installed (./govproject test --all fetches it)")
    return debian.fetch(debian.CHROMIUM, "install chromium") / "usr/lib/chromium/chromium"


class Browser:
    """One browser with one tab, as a context manager.

    Args:
        program: what `find` returned.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self._last = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            profile = stack.enter_context(
                tempfile.TemporaryDirectory(
                    prefix="govproject-browser-", ignore_cleanup_errors=True
                )
            )
            their_in, our_out = os.pipe()
            our_in, their_out = os.pipe()
            self._out: IO[bytes] = stack.enter_context(os.fdopen(our_out, "wb", buffering=0))
            self._in: IO[bytes] = stack.enter_context(os.fdopen(our_in, "rb"))
            pipes = (their_in, their_out)
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-c", _WITH_PIPES, *map(str, pipes)),
                    *(str(self._program), f"--user-data-dir={profile}", *_OPTIONS),
                ],
                pass_fds=pipes,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(self._end)
            for each in pipes:
                os.close(each)
            [tab] = _until(self._tabs, "no tab is open")
            attached = self.send("Target.attachToTarget", targetId=tab, flatten=True)
            self._session = attached["sessionId"]
            self.send("Page.enable")
            self._resources = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._resources.close()

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Give one command of the DevTools protocol, and return its result."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def open(self, url: str, width: int = 1280) -> None:
        """Go to an address with a window of this width; return once all is there."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        self._events.clear()
        self.send("Page.navigate", url=url)
        self._loaded()

    def type(self, text: str) -> None:
        """Write into what has the focus, which a page may give a moment after it is there."""
        _until(lambda: self._value(_FOCUSED), "nothing has the focus")
        self.send("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click on what a CSS selector finds first; return once the next page is there."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.scrollIntoViewIfNeeded", nodeId=node)
        x, y, *_ = self.send("DOM.getBoxModel", nodeId=node)["model"]["content"]
        self._events.clear()
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent", type=kind, x=x + 2, y=y + 2, button="left", clickCount=1
            )
        self._loaded()

    @property
    def url(self) -> str:
        """Where it is now."""
        history = self.send("Page.getNavigationHistory")
        url: str = history["entries"][history["currentIndex"]]["url"]
        return url

    @property
    def html(self) -> str:
        """What it shows."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        html: str = self.send("DOM.getOuterHTML", nodeId=root)["outerHTML"]
        return html

    @property
    def overflow(self) -> int:
        """How many pixels of the page stand out to the right of the window."""
        metrics = self.send("Page.getLayoutMetrics")
        return int(metrics["cssContentSize"]["width"] - metrics["cssLayoutViewport"]["clientWidth"])

    def cookies(self) -> list[dict[str, Any]]:
        """What it keeps for the page."""
        cookies: list[dict[str, Any]] = self.send("Network.getCookies")["cookies"]
        return cookies

    def picture(self, path: Path) -> None:
        """Keep the whole page as a PNG."""
        data = self.send("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def paper(self) -> bytes:
        """The page as a PDF, as it is printed."""
        return base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _tabs(self) -> list[str]:
        targets = self.send("Target.getTargets")["targetInfos"]
        return [each["targetId"] for each in targets if each["type"] == "page"]

    def _value(self, expression: str) -> Any:
        return self.send("Runtime.evaluate", expression=expression)["result"]["value"]

    def _loaded(self) -> None:
        # The page before may only just have been loaded itself.
        for method in ("Page.frameNavigated", "Page.loadEventFired"):
            while True:
                event = self._events.pop(0) if self._events else self._next()
                if event.get("method") == method:
                    break

    def _next(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser ended")
            message += byte
        read: dict[str, Any] = json.loads(message)
        return read

    def _environment(self) -> dict[str, str]:
        libraries = debian.CHROMIUM.place / "usr/lib" / f"{os.uname().machine}-linux-gnu"
        if debian.CHROMIUM.place not in self._program.parents:
            return dict(os.environ)
        # The sound library looks for its other half where Debian installs it, which is not here.
        both = f"{libraries}:{libraries / 'pulseaudio'}"
        return {**os.environ, "LD_LIBRARY_PATH": both}

    def _end(self) -> None:
        with suppress(RuntimeError, OSError):
            self._session = None
            self.send("Browser.close")
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _until(look: Callable[[], T], otherwise: str) -> T:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (found := look()):
        if time.monotonic() > deadline:
            raise RuntimeError(otherwise)
        time.sleep(_POLL_SECONDS)
    return found
