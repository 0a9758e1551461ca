import io
import json
import logging
import sys
import warnings

import pytest
import structlog

from govproject import logs


@pytest.fixture
def lines(monkeypatch):
    """Logging of the process is global: put back what was there."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
        logs.configure("intake", "info")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_our_own_line_is_one_json_object(lines):
    before = logs.about.set(lambda: {"request_id": "r-1", "trace_id": "t-1"})
    structlog.get_logger("govproject.test").info("declared", unit="区教育局")
    logs.about.reset(before)
    (line,) = lines()
    assert line["event"] == "declared"
    assert line["unit"] == "区教育局"
    assert (line["service"], line["request_id"], line["trace_id"]) == ("intake", "r-1", "t-1")
    assert (line["level"], line["logger"]) == ("info", "govproject.test")
    assert line["timestamp"].endswith("Z")


def test_a_librarys_line_looks_the_same(lines):
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    (line,) = lines()
    assert line["event"] == "Started server process [7]"
    assert (line["service"], line["logger"]) == ("intake", "uvicorn.error")


def test_an_exception_keeps_its_traceback_in_one_line(lines):
    try:
        int("boom")
    except ValueError:
        structlog.get_logger("x").exception("failed")
    (line,) = lines()
    assert "ValueError: invalid literal" in line["exception"]


def test_credentials_are_blanked(lines):
    structlog.get_logger("x").info(
        "sign in", password="hush", access_token="hush", Authorization="hush", name="bureau"
    )
    (line,) = lines()
    assert "hush" not in json.dumps(line)
    assert line["name"] == "bureau"


def test_below_the_level_is_silent(lines):
    logging.getLogger("x").debug("noise")
    assert lines() == []


def test_warnings_are_logged(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("old", stacklevel=1)
    assert any("old" in line["event"] for line in lines())


def test_half_a_character_is_logged_rather_than_lost(lines):
    structlog.get_logger("x").info("got", text="\ud800")
    assert lines()
