import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govproject.errors import PrerequisiteError
from govproject_local import debian

# Stands in for the network: `download` builds a real package, which the real dpkg-deb unpacks.
APT = """#!/bin/sh
set -e
echo "$@" >>{log}
case "$*" in
*update*) [ ! -e {log}.broken ] || echo "W: cannot reach one source" >&2 ;;
*download*)
    [ ! -e {log}.offline ] || {{ echo "E: cannot locate toy" >&2; exit 100; }}
    mkdir -p tree/DEBIAN tree/usr/lib/erlang/bin
    echo 'ROOTDIR=/usr/lib/erlang' >tree/usr/lib/erlang/bin/erl
    printf 'Package: toy\\nVersion: 1\\nArchitecture: all\\nMaintainer: x\\nDescription: x\\n' \
        >tree/DEBIAN/control
    dpkg-deb --build tree toy.deb >/dev/null ;;
esac
"""
TOY = debian.Bundle("toy", ("toy",), relocate=debian.relocate_erlang)


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    log = tmp_path / "apt.log"
    log.touch()
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"apt-get": APT.format(log=log), "apt-cache": "#!/bin/sh\n"}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(debian, "STORE", tmp_path / "debs")
    return log


def test_a_bundle_is_fetched_once_however_many_ask(apt_log):
    with ThreadPoolExecutor(4) as pool:
        places = {*pool.map(lambda _: debian.fetch(TOY, "install toy"), range(4))}
    assert places == {TOY.place}
    assert apt_log.read_text().count("download") == 1
    erl = (TOY.place / "usr/lib/erlang/bin/erl").read_text()
    assert erl == f'ROOTDIR="{TOY.place}/usr/lib/erlang"\n'


def test_a_source_that_cannot_be_reached_does_not_matter_if_another_has_it(apt_log):
    Path(f"{apt_log}.broken").touch()
    assert debian.fetch(TOY, "install toy").is_dir()


def test_a_failed_fetch_is_one_line_and_leaves_nothing_behind(apt_log):
    Path(f"{apt_log}.broken").touch()
    Path(f"{apt_log}.offline").touch()
    with pytest.raises(PrerequisiteError) as failure:
        debian.fetch(TOY, "install toy")
    assert str(failure.value) == "toy: apt-get failed (W: cannot reach one source); install toy"
    assert not TOY.place.exists()
    assert [each.name for each in debian.STORE.glob(".toy*")] == []
    Path(f"{apt_log}.offline").unlink()
    assert debian.fetch(TOY, "install toy").is_dir()


def test_a_machine_without_apt_gets_the_way_round(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "STORE", tmp_path / "debs")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrerequisiteError, match=r"^toy: no apt-get to fetch it with; install toy$"):
        debian.fetch(TOY, "install toy")
