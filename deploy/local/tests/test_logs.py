import io
import json
import time

import pytest
from rich.console import Console

from govproject_local.logs import LogFiles, Terminal

ENTRY = {"event": "已受理", "level": "info", "service": "intake", "timestamp": "…", "project": "p1"}


def printed(line: str, *, terminal: bool, name: str = "intake") -> str:
    output = io.StringIO()
    console = Console(file=output, force_terminal=terminal, color_system=None, soft_wrap=True)
    Terminal(console, ("intake", "review", "acceptance", "archive", "cloud-alloc"))(name, line)
    return output.getvalue()


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        (json.dumps(ENTRY), "     intake | 已受理 project=p1\n"),
        ("no JSON", "     intake | no JSON\n"),
        ("[1]", "     intake | [1]\n"),
        ('{"no": "event"}', '     intake | {"no": "event"}\n'),
        ("[red]not markup", "     intake | [red]not markup\n"),
    ],
)
def test_a_person_reads_sentences(line, reads):
    assert printed(line, terminal=True) == reads


def test_a_person_reads_the_time_on_the_wall(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        line = json.dumps(ENTRY | {"timestamp": "2026-08-03T01:30:00.123456Z"})
        assert printed(line, terminal=True) == "     intake | 09:30:00 已受理 project=p1\n"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_program_reads_what_was_written():
    line = json.dumps(ENTRY)
    assert printed(line, terminal=False) == f"     intake | {line}\n"


def test_the_broker_is_left_to_its_file():
    assert printed("chatter", terminal=True, name="broker") == ""


def test_every_program_has_a_file_of_its_last_run(tmp_path, lines, on_line):
    for run in ("old", "new"):
        with LogFiles(tmp_path / "logs", on_line) as log:
            log("broker", run)
            log("intake", "一")
    assert (tmp_path / "logs/broker.log").read_text() == "new\n"
    assert (tmp_path / "logs/intake.log").read_text(encoding="utf-8") == "一\n"
    assert lines[:2] == [("broker", "old"), ("intake", "一")]
