import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest

from govproject.web import serve
from govproject.web.app import build
from govproject_local import ports

SCRIPT = """
import structlog
from fastapi import APIRouter

from govproject.service import Service
from govproject.web import app, runtime, serve

import anyio
from fastapi import Request

router = APIRouter()


@router.get("/last")
async def last(request: Request) -> dict[str, bool]:
    structlog.get_logger().info("waiting for the end")
    running = runtime.of(request)
    while not running.draining:
        await anyio.sleep(0.01)
    return {"draining": running.draining}


SERVICE = Service("notes", "记事服务", "example_notes", "0.1", (router,))
serve.run(lambda settings: app.build(SERVICE, settings))
"""


@pytest.fixture
def port():
    [free] = ports.pick(1)
    return free


@pytest.fixture
def environment(settings, port):
    return {
        "GOVPROJECT_PORT": str(port),
        "GOVPROJECT_DATABASE_URL": settings.database_url,
        "GOVPROJECT_AMQP_URL": settings.amqp_url,
        "GOVPROJECT_IDENTITY_DIR": str(settings.identity_dir),
        "GOVPROJECT_FILES_DIR": str(settings.files_dir),
    }


@pytest.fixture
def process(request, notes, environment):
    """A service; with a receiver of traces that is away, if asked for by a true parameter."""
    if getattr(request, "param", False):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            receiver = f"http://127.0.0.1:{closed.getsockname()[1]}"
        environment |= {"GOVPROJECT_OTLP_ENDPOINT": receiver}
    packages = str(Path(notes.__file__).parent.parent)
    with subprocess.Popen(  # noqa: S603  # the script above, by this interpreter
        [sys.executable, "-c", SCRIPT],
        env=os.environ | environment | {"PYTHONPATH": packages},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as started:
        # A line that never comes must fail the test, not hold up the whole session.
        watchdog = threading.Timer(120, started.kill)
        watchdog.start()
        yield started
        watchdog.cancel()
        started.kill()


def until(process, event):
    """Read the log up to a line; everything in it is a JSON object."""
    for text in process.stdout:
        line = json.loads(text)
        assert line["service"] == "notes"
        if event in line["event"]:
            return line
    raise AssertionError(f"{event!r} never came: {process.stderr.read()}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_order(process, port, number):
    until(process, "Application startup complete")
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""


def test_a_request_under_way_is_answered_after_readiness_is_off(process, port):
    until(process, "Application startup complete")
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET /api/v1/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        until(process, "waiting for the end")
        process.terminate()
        with connection.makefile("rb") as answer:
            assert answer.read().endswith(b'{"draining":true}')
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize("process", [True], indirect=True)
def test_a_receiver_of_traces_that_is_away_disturbs_nobody(process, port):
    until(process, "Application startup complete")
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(20):
            assert client.get("/version").status_code == 200
    process.terminate()
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""
    lines = [json.loads(line) for line in out.splitlines()]
    assert sum(line["event"].startswith("tracing: ") for line in lines) == 1


def test_traces_without_the_extra(refused, monkeypatch):
    monkeypatch.delitem(sys.modules, "govproject.otlp", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    line = refused({"GOVPROJECT_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    assert line.startswith("GOVPROJECT_OTLP_ENDPOINT is set, but opentelemetry.sdk.trace is not")


@pytest.fixture
def refused(service, environment, monkeypatch, capsys):
    """Runs the service in this process and answers with the one line it ends with."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def run(changes: dict[str, str]) -> str:
        for name, value in {**environment, **changes}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as caught:
            serve.run(lambda settings: build(service, settings))
        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        (line,) = err.splitlines()
        return line

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_port_that_is_taken(refused, port):
    with socket.create_server(("127.0.0.1", port)):
        line = refused({})
    assert f"127.0.0.1:{port}" in line
    assert "address already in use" in line
    assert "GOVPROJECT_PORT" in line


def test_an_address_that_is_not_this_machines(refused):
    assert "192.0.2.1" in refused({"GOVPROJECT_SERVICE_HOST": "192.0.2.1"})


def test_a_bad_setting(refused):
    assert refused({"GOVPROJECT_PORT": "many"}).startswith("GOVPROJECT_PORT has a value")


def test_a_database_whose_directory_is_not_there(refused, tmp_path):
    line = refused({"GOVPROJECT_DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/notes.db"})
    assert "cannot be written (unable to open database file)" in line
    assert "GOVPROJECT_DATABASE_URL" in line


def test_a_database_that_is_not_running(refused, port):
    url = f"postgresql+psycopg://notes:hush@127.0.0.1:{port}/notes"
    line = refused({"GOVPROJECT_DATABASE_URL": url})
    assert "cannot be written" in line
    assert "hush" not in line


def test_an_identity_that_is_not_there(refused, tmp_path):
    line = refused({"GOVPROJECT_IDENTITY_DIR": str(tmp_path / "none")})
    assert f"run: python -m govproject.identity {tmp_path / 'none'}" in line


def test_local_accounts_in_production(refused):
    assert "refuses the local accounts" in refused({"GOVPROJECT_ENVIRONMENT": "production"})


def test_a_broken_plugin(refused, tmp_path):
    (tmp_path / "broken.py").write_text("1/0")
    assert "plugin broken.py cannot be imported" in refused(
        {"GOVPROJECT_PLUGINS_DIR": str(tmp_path)}
    )
