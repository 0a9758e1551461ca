"""Where the tests' data may be."""

import os
from types import SimpleNamespace

import pytest

from govproject_local.testing import ROOM, fit_for_data


@pytest.fixture
def file_system(monkeypatch):
    """Says what is told of the file system."""

    def make(*, room=ROOM, flags=0):
        told = SimpleNamespace(f_bavail=room // 4096, f_frsize=4096, f_flag=flags)
        monkeypatch.setattr(os, "statvfs", lambda _: told)

    return make


@pytest.fixture
def memory(monkeypatch):
    """Says how many kibibytes the machine has to spare."""

    def make(kibibytes):
        lines = f"MemTotal: 99999999 kB\nMemAvailable: {kibibytes} kB\n"
        monkeypatch.setattr("pathlib.Path.read_text", lambda *_, **__: lines)

    return make


@pytest.mark.parametrize(
    ("given", "kibibytes", "fit"),
    [
        ({}, 8 << 20, True),
        ({"room": ROOM - 4096}, 8 << 20, False),
        ({"flags": os.ST_NOEXEC}, 8 << 20, False),
        ({}, (8 << 20) - 1, False),
    ],
)
def test_memory_holds_the_data_if_it_has_room_and_runs_programs(
    file_system, memory, tmp_path, given, kibibytes, fit
):
    file_system(**given)
    memory(kibibytes)
    assert fit_for_data(tmp_path) is fit


def test_what_is_not_there_holds_nothing(tmp_path):
    assert not fit_for_data(tmp_path / "absent")
