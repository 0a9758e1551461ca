"""The commands on SQLite databases as a suite leaves them; nothing runs."""

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from govproject.clock import system_clock
from govproject.contracts.intake import ProjectRegistered
from govproject.messaging import inbox, operations, outbox
from govproject.messaging.envelope import Arrival
from govproject.messaging.leases import renew
from govproject.messaging.topology import SLOTS
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject_local import cli
from govproject_local.suite import SERVICES, Suite

PROJECT, OTHER = UUID(int=7), UUID(int=8)
CHANGING = ["replay", "skip", "republish"]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The five databases as a new suite has them, to be copied."""
    suite = Suite(tmp_path_factory.mktemp("migrated"))
    for service in SERVICES:
        database = Database(suite.database_url(service))
        migrate.upgrade(database)
        database.dispose()
    return suite.directory


@pytest.fixture
def data(tmp_path, migrated):
    """A data directory with the five databases."""
    return shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def db(data):
    opened = []

    def connect(service):
        opened.append(Database(Suite(data).database_url(service)))
        return opened[-1]

    yield connect
    for each in opened:
        each.dispose()


@pytest.fixture
def events(monkeypatch, capsys, data):
    """Run a command in this process; its exit code, what it printed, and its messages."""

    def run(*arguments: object, data=data) -> tuple[int, str, str]:
        command = ["govproject", "events", *map(str, arguments), "--data", str(data)]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as end:
            cli.main()
        printed = capsys.readouterr()
        code = end.value.code
        assert isinstance(code, int)
        return code, printed.out, printed.err

    return run


@pytest.fixture
def publish(db):
    """Intake writes and publishes so many events about a project; what left, as it arrives."""

    def send(project_id=PROJECT, count=1):
        intake = db("intake")
        with intake.write() as session:
            renew(session, PROJECT)
            for _ in range(count):
                now = system_clock() - timedelta(minutes=5)
                event = ProjectRegistered(
                    project_id=project_id, city_system_ref="R", registered_at=now
                )
                outbox.append(session, event, now=now)
            rows = outbox.due(session, range(SLOTS), 100)
            outbox.settle(session, [row.seq for row in rows], {})
        return [Arrival("intake", row.headers, row.body) for row in rows]

    return send


@pytest.fixture
def receive(db):
    """A consumer receives, and cannot apply what it receives."""

    def fail(session, event, delivery):
        raise RuntimeError("[bold]cannot[/bold]\nbe applied")

    def process(service, arrivals, handlers=None):
        handlers = {ProjectRegistered: fail} if handlers is None else handlers
        inbox.process(db(service), service, handlers, arrivals, clock=system_clock)

    return process


@pytest.fixture
def stuck(publish, receive):
    """Two events of one project: the first is parked in two services, the second waits."""
    arrivals = publish(count=2)
    for service in ("review", "archive"):
        receive(service, arrivals)
    return [arrival.headers["ce-id"] for arrival in arrivals]


def test_nothing_wrong_is_clean(events):
    assert events("verify")[0] == 0
    assert events("lag")[0] == 0
    assert events("parked")[0] == 0
    assert events("tail")[:2] == (0, "")
    assert events("actions")[0] == 0


def test_parked_events_are_listed_and_shown_whole(events, stuck):
    code, out, _ = events("parked")
    assert code == 0
    assert "2 parked events" in out
    assert "RuntimeError: [bold]cannot[/bold] be applied" in out
    assert out.count(stuck[0]) == 2
    code, out, _ = events("parked", "--id", stuck[0], "--service", "review")
    assert code == 0
    assert "ce-sequence: 1" in out
    assert "1 behind it" in out
    assert '"city_system_ref":"R"' in out
    listed = json.loads(events("parked", "--class", "project.registered", "--json")[1])
    assert [(each["service"], each["waiting"]) for each in listed] == [
        ("review", 1),
        ("archive", 1),
    ]
    assert json.loads(events("parked", "--key", OTHER, "--json")[1]) == []


def test_more_than_the_limit_is_said(events, publish, receive):
    receive("review", [*publish(PROJECT), *publish(OTHER)])
    code, out, err = events("parked", "--limit", "1")
    assert (code, "1 parked events" in out) == (0, True)
    assert "review has more parked events than 1" in err


def test_a_dry_run_tells_and_a_replay_is_done_and_recorded(events, stuck):
    code, out, _ = events("replay", "--key", PROJECT, "--dry-run")
    assert code == 0
    assert "review: 1 events would be released for replay" in out
    assert len(json.loads(events("parked", "--json")[1])) == 2
    assert json.loads(events("actions", "--json")[1]) == []

    code, out, _ = events("replay", "--key", PROJECT, "--reason", "已修复")

    assert code == 0
    assert "archive: 1 events released for replay" in out
    assert json.loads(events("parked", "--json")[1]) == []
    actions = json.loads(events("actions", "--json")[1])
    assert {each["service"] for each in actions} == {"review", "archive"}
    user = pwd.getpwuid(os.getuid()).pw_name
    assert {(each["actor"], each["reason"]) for each in actions} == {(f"cli:{user}", "已修复")}
    assert f"cli:{user}" in events("actions")[1]


def test_a_replay_that_is_ended_says_what_is_done(events, stuck, monkeypatch):
    """Each service's part is one transaction: what is not finished is taken back."""
    replay = operations.replay

    def until_archive(session, service, selection, order):
        done = replay(session, service, selection, order)
        if service == "archive" and not order.dry_run:
            raise KeyboardInterrupt
        return done

    until_archive.__name__ = "replay"
    monkeypatch.setattr(operations, "replay", until_archive)
    code, out, err = events("replay", "--all", "--reason", "已修复")
    assert (code, out) == (130, "")
    assert err.startswith("govproject: replay stopped at 2/2: done in review; that of archive was")
    assert [each["service"] for each in json.loads(events("parked", "--json")[1])] == ["archive"]


def test_an_examination_that_is_ended_says_so(events, monkeypatch):
    def interrupted(*_args: object, **_kwargs: object):
        raise KeyboardInterrupt

    monkeypatch.setattr(operations, "compare", interrupted)
    code, out, err = events("verify")
    assert (code, out) == (130, "")
    assert re.fullmatch(r"govproject: verify stopped at 6/\d+: nothing was changed\n", err)


def test_a_skip_is_done_in_the_named_service_only(events, stuck):
    arguments = ["--id", stuck[0], "--service", "review", "--reason", "not needed", "--json"]
    [done] = json.loads(events("skip", *arguments)[1])
    assert (done["service"], done["action"], done["dry_run"]) == ("review", "skip", False)
    assert [each["service"] for each in json.loads(events("parked", "--json")[1])] == ["archive"]


def test_what_is_not_next_is_not_skipped(events, publish, receive, db):
    arrivals = publish(count=2)
    receive("review", arrivals[1:])
    with db("review").write() as session:
        session.execute(text("UPDATE inbox SET state = 'parked'"))
    code, out, err = events("skip", "--all", "--reason", "x")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"event {arrivals[1].headers['ce-id']} is not the next" in err


def test_lost_events_are_named_sent_again_and_then_all_is_well(events, publish, receive):
    arrivals = publish(count=3)
    lost = arrivals[1].headers["ce-id"]
    for consumer in ("acceptance", "archive", "cloud-alloc"):
        receive(consumer, arrivals, {})
    receive("review", [arrivals[0], arrivals[2]], {})

    code, out, _ = events("verify", "--grace", "0")
    assert code == 1
    assert f"review lacks intake's {lost}" in out
    found = json.loads(events("verify", "--grace", "0", "--json")[1])
    [wrong] = [each for each in found["comparisons"] if each["lost"]]
    assert (wrong["consumer"], [each["event_id"] for each in wrong["lost"]]) == ("review", [lost])
    assert not found["clean"]
    assert events("verify")[0] == 0  # it may still be on its way

    assert events("republish", "--id", lost, "--service", "intake")[0] == 0
    lag = json.loads(events("lag", "--service", "intake", "--json")[1])
    assert lag["services"][0]["unpublished"] == 1
    receive("review", publish(count=0), {})
    assert events("verify", "--grace", "0")[:1] == (0,)


def test_a_restored_producer_is_noticed(events, publish, receive, db):
    receive("review", publish(count=2), {})
    with db("intake").write() as session:
        session.execute(text("DELETE FROM outbox"))
        session.execute(text("DELETE FROM outbox_stream"))
        session.execute(text("UPDATE relay_slot SET published = 0"))
    code, out, _ = events("verify", "--service", "intake", "--service", "review")
    assert code == 1
    assert f"review has had 2 events of intake about project {PROJECT}, of which" in out


def test_a_services_own_books_are_examined(events, publish, db):
    publish()
    with db("intake").write() as session:
        session.execute(text("UPDATE relay_slot SET published = 9 WHERE published = 1"))
    code, out, _ = events("verify", "--service", "intake")
    assert code == 1
    assert "intake: the count of published events is wrong" in out
    assert "expected 1, found 9" in out


def test_the_tail_shows_both_directions_line_by_line(events, stuck):
    code, out, _ = events("tail", "--json")
    assert code == 0
    entries = [json.loads(line) for line in out.splitlines()]
    assert [(each["service"], each["direction"]) for each in entries[:2]] == [
        ("intake", "written"),
        ("intake", "written"),
    ]
    assert len(entries) == 6
    assert events("tail", "-n", "1")[1].count("\n") == 1


def test_following_the_tail_ends_in_order_on_ctrl_c(data, publish):
    publish()
    with subprocess.Popen(
        [sys.executable, "-m", "govproject_local", "events", "tail", "-f", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever started the tests may have done so in the background, with Ctrl-C switched off.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # one thread
    ) as following:
        assert following.stdout is not None
        assert "project.registered" in following.stdout.readline()
        publish(OTHER)
        assert str(OTHER) in following.stdout.readline()
        following.send_signal(signal.SIGINT)
        out, err = following.communicate(timeout=30)
    assert (following.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("command", CHANGING)
def test_an_unknown_id_is_one_line_and_nothing_is_done(events, stuck, command):
    reason = ["--reason", "x"]
    unknown = uuid4()
    code, out, err = events(command, "--id", stuck[0], "--id", unknown, *reason)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(unknown) in err
    assert stuck[0] not in err
    assert json.loads(events("actions", "--json")[1]) == []


@pytest.mark.parametrize("command", CHANGING)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--all"),
        (["--all", "--key", "x"], "leave one of them out"),
        (["--since", "yesterday"], "--since is a moment such as"),
        (["--since", "1h", "--until", "2h"], "--until must be later"),
        (["--since", "0001-01-01"], "--since lies between 1990"),
        (["--class", "Filing%"], "--class is a type"),
        (["--key", " "], "--key is the id"),
        (["--all", "--service", "bogus"], "intake, review, acceptance, archive, cloud-alloc"),
        (["--all", "--database", "sqlite:////tmp/all.db"], "{service}"),
        (["--all", "--database", "nonsense{service}"], "--database is no address"),
        (["--all", "--reason", " "], "--reason is a text"),
    ],
)
def test_wrong_usage_is_one_line(events, command, arguments, words):
    if command == "skip" and "--reason" not in arguments:
        arguments = [*arguments, "--reason", "x"]
    code, out, err = events(command, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


@pytest.mark.parametrize("command", ["tail", "parked", "lag", "verify", "actions"])
def test_a_place_without_databases_is_one_line(events, tmp_path, command):
    for place, words in [("absent", "does not exist"), (".", "run ./govproject up first")]:
        (tmp_path / "intake.db").unlink(missing_ok=True)
        code, out, err = events(command, data=tmp_path / place)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert words in err
        assert not (tmp_path / "intake.db").exists()


def test_a_database_without_the_tables_is_one_line(events, tmp_path):
    for content, words in [(b"", "./govproject migrate"), (b"no database" * 99, "cannot be used")]:
        (tmp_path / "intake.db").write_bytes(content)
        code, out, err = events("lag", data=tmp_path)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert words in err


def test_queues_of_the_broker_are_shown_as_far_as_there_are_any(events, amqp_url):
    code, out, _ = events("lag", "--broker", amqp_url, "--json")
    assert (code, json.loads(out)["queues"]) == (0, [])
    code, _, err = events("lag", "--broker", "amqp://127.0.0.1:1/")
    assert (code, err.count("\n")) == (2, 1)
    assert "--broker" in err
