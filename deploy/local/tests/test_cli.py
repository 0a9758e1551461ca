import json
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from govproject_local import cli, ledger, ports, reference, suite
from govproject_local.paths import ROOT

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in this process; its exit code, what it printed, and its messages."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["govproject", *(str(each) for each in arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        code = end.value.code
        assert isinstance(code, int)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(autouse=True)
def no_broker_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVPROJECT_AMQP_URL", raising=False)


def up(data: Path, *more: object) -> list[object]:
    return ["up", "--data", data, "--port-base", ports.pick_base(40), *more]


@pytest.mark.parametrize("offset", [1, 5, 11, 13])
def test_a_taken_port_is_named_and_nothing_is_started(call, tmp_path, offset):
    base = ports.pick_base(40)
    with closing(socket.create_server((ports.LOOPBACK, base + offset))):
        code, out, err = call("up", "--data", tmp_path, "--port-base", base)
    assert code == 2
    assert f"port {base + offset} " in err
    assert "--port-base" in err
    assert err.count("\n") == 1
    assert out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_data_directory_serves_one_suite_at_a_time(call, tmp_path):
    with suite.locked(tmp_path):
        code, _, err = call(*up(tmp_path))
    assert (code, err.count("\n")) == (2, 1)
    assert f"another suite runs in {tmp_path}" in err


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/govproject"])
def test_a_data_directory_that_cannot_be_written_is_one_line(call, tmp_path, place):
    (tmp_path / "file").touch()
    code, _, err = call(*up(tmp_path / place))
    assert (code, err.count("\n")) == (2, 1)
    assert "--data" in err


def test_an_unreachable_broker_is_one_line_without_its_password(tmp_path):
    (port,) = ports.pick(1)
    arguments = up(tmp_path, "--broker", f"amqp://me:secret@127.0.0.1:{port}/")
    # In a process of its own, where nothing catches what libraries log.
    done = subprocess.run(
        [sys.executable, "-m", "govproject_local", *(str(each) for each in arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert f"no broker at amqp://me:***@127.0.0.1:{port}/" in done.stderr
    assert "secret" not in done.stderr


def test_a_broker_that_refuses_the_password_is_one_line(call, tmp_path, broker):
    url = broker.url().replace("amqp://govproject:", "amqp://govproject:wrong")
    code, _, err = call(*up(tmp_path, "--broker", url))
    assert (code, err.count("\n")) == (2, 1)
    assert "refuses this user, password or virtual host" in err


def test_something_that_is_no_broker_address_is_one_line(call, tmp_path):
    code, _, err = call(*up(tmp_path, "--broker", "localhost"))
    assert (code, err.count("\n")) == (2, 1)
    assert "GOVPROJECT_AMQP_URL" in err
    assert "expected: amqp://" in err


def test_one_database_for_five_services_is_refused(call, tmp_path):
    code, _, err = call(*up(tmp_path, "--database", "sqlite:////tmp/all.db"))
    assert (code, err.count("\n")) == (2, 1)
    assert "{service}" in err


def test_a_token_needs_a_suite_that_ran(call, tmp_path):
    code, out, err = call("token", "bureau", "--data", tmp_path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"./govproject up --data {tmp_path}" in err


def test_doctor_names_what_is_wrong_and_how_to_fix_it(call, tmp_path):
    base = ports.pick_base(40)
    code, out, _ = call("doctor", "--data", tmp_path / "absent", "--port-base", base)
    assert code == 0, out
    with closing(socket.create_server((ports.LOOPBACK, base + 2))):
        code, out, _ = call("doctor", "--data", tmp_path / "absent", "--port-base", base)
    assert code == 1
    assert f"taken: {base + 2}: stop what listens there, or use --port-base" in out
    assert not (tmp_path / "absent").exists()


def test_doctor_knows_the_suite_that_runs_in_the_data_directory(call, tmp_path):
    base = ports.pick_base(40)
    with closing(socket.create_server((ports.LOOPBACK, base + 2))):
        with suite.locked(tmp_path, base):
            code, out, _ = call("doctor", "--data", tmp_path, "--port-base", base)
            assert (code, f"in use by the suite that runs in {tmp_path}" in out) == (0, True)
            # One that runs there on other ports does not explain who has these.
            code, out, _ = call("doctor", "--data", tmp_path, "--port-base", base + 1)
            assert (code, f"taken: {base + 2}:" in out) == (1, True)
        assert call("doctor", "--data", tmp_path, "--port-base", base)[0] == 1


def test_a_generated_page_behind_the_code_is_named_and_left_alone(call, monkeypatch):
    page = ROOT / "docs" / "behind.md"
    monkeypatch.setattr(reference, "pages", lambda: {page: "what the code says"})
    code, out, _ = call("docs", "--check")
    assert (code, out) == (1, "docs/behind.md: run ./govproject docs\n")
    assert not page.exists()


def test_the_rules_tell_duties_from_further_rules(call, monkeypatch):
    monkeypatch.setattr(cli.ledger, "missing", list)
    code, out, _ = call("rules", "--json")
    rows = json.loads(out)
    duties = {row["id"] for row in rows if row["is_duty"]}
    further = {row["id"] for row in rows if not row["is_duty"]}
    assert (code, len(duties)) == (0, 167)
    assert "no_registration_no_resource" in duties
    assert "standing_is_current" in further
    assert all(row["title"] and row["quote"] for row in rows if row["article"] != "0")

    code, out, _ = call("rules")
    *lines, counts = out.splitlines()
    assert (code, counts) == (0, ledger.summary().in_words())
    assert counts.startswith("167 duties: ")
    assert f"; + {len(further)} further rules" in counts
    assert {line.split()[3][1:] for line in lines if line.split()[3].startswith("+")} == further
    assert sum("未纳入管理的不分配资源" in line for line in lines) == 1


def test_a_revision_is_for_one_of_the_services(call):
    code, out, err = call("new-revision", "bogus", "a column")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "intake, review, acceptance, archive, cloud-alloc" in err


@pytest.mark.parametrize("arguments", [["bogus"], ["up", "--port-base", "80"], ["up", "--nope"]])
def test_wrong_usage_ends_with_2(call, arguments):
    code, _, err = call(*arguments)
    assert code == 2
    assert "Error" in err
