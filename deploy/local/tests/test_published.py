import json

import pytest
from typer.testing import CliRunner

from govproject.contracts.event import Event, known
from govproject_local import asyncapi, cli, published

KEY = "intake/filing.accepted/1"


@pytest.fixture
def now():
    return dict(published.current(asyncapi.document()))


@pytest.fixture
def before(now):
    """What was published; a test may change it as if the code had been different then."""
    return json.loads(json.dumps(now))


def violations(before, now):
    return list(published.violations(before, now))


def test_what_is_as_it_was_breaks_nothing(before, now):
    assert violations(before, now) == []
    assert json.loads(published.text(before, now)) == now


def test_a_new_event_is_added(before, now):
    del before[KEY]
    assert violations(before, now) == []
    assert json.loads(published.text(before, now)) == now


def test_a_new_field_with_a_default_is_added(before, now):
    now[KEY]["properties"]["note"] = {"type": "string", "default": ""}
    assert violations(before, now) == []
    assert json.loads(published.text(before, now))[KEY] == now[KEY]


def test_a_broken_event_is_named_with_what_to_do_and_stays_as_it_was(before, now):
    del now[KEY]["properties"]["accepted_at"]
    assert violations(before, now) == [
        "intake filing.accepted v1: `accepted_at` is gone: make it version 2 beside v1"
    ]
    assert json.loads(published.text(before, now)) == before


def test_where_there_is_a_newer_version_the_old_one_is_to_be_left_alone(before, now):
    now["intake/filing.accepted/2"] = now[KEY]
    now[KEY] = before["intake/filing.submitted/1"]
    assert (
        "intake filing.accepted v1: `accepted_at` is gone: leave v1 as it was, there is v2"
        in (violations(before, now)[0])
    )


def test_an_event_that_is_gone_is_missed(before, now):
    del now[KEY]
    assert violations(before, now) == [
        "intake filing.accepted v1 was published and is not declared any more: declare it again"
    ]
    assert json.loads(published.text(before, now)) == before


def test_words_for_people_may_change(before):
    document = asyncapi.document()
    schemas = document["components"]["schemas"]
    schemas["FilingAccepted"]["description"] = "Anything."
    schemas["Track"]["x-chinese"] = {}
    schemas["Resources"]["properties"]["vcpus"]["title"] = "CPU"
    assert published.current(document) == before


def test_values_of_a_vocabulary_are_part_of_the_events_that_use_it(before):
    document = asyncapi.document()
    document["components"]["schemas"]["Track"]["enum"].remove("filing")
    assert violations(before, published.current(document)) == [
        f"intake {name} v1: `track` loses the value 'filing': make it version 2 beside v1"
        for name in ("project.declared", "change.filed")
    ]


@pytest.fixture
def command(monkeypatch, tmp_path, before):
    """Run a command of the CLI after something else was published."""

    def command(*arguments: str):
        path = tmp_path / "published.json"
        path.write_text(published.text(before, before))
        monkeypatch.setattr(published, "PATH", path)
        result = CliRunner().invoke(cli.app, arguments)
        assert path.read_text() == published.text(before, before)
        return result.exit_code, result.output.splitlines()

    return command


@pytest.mark.parametrize("arguments", [("docs",), ("docs", "--check")])
def test_docs_refuses_an_incompatible_change_and_writes_nothing(command, before, arguments):
    before[KEY]["properties"]["accepted_by"] = {"type": "string"}
    before[KEY]["required"].append("accepted_by")
    line = "intake filing.accepted v1: `accepted_by` is gone: make it version 2 beside v1"
    assert command(*arguments) == (1, [line])


def test_the_check_says_the_same(command, before, capsys, monkeypatch, tmp_path):
    before["intake/filing.forgotten/1"] = before[KEY]
    (tmp_path / "published.json").write_text(published.text(before, before))
    monkeypatch.setattr(published, "PATH", tmp_path / "published.json")
    assert published.main() == 1
    assert capsys.readouterr().out == (
        "intake filing.forgotten v1 was published and is not declared any more: declare it again\n"
    )


def test_a_class_of_an_event_that_changes_is_seen(monkeypatch, before):
    """From the class to the line: nothing on the way hides a change."""
    monkeypatch.setattr("govproject.contracts.event._known", dict(known()))
    del known()["intake", "filing.accepted", 1]

    class FilingAccepted(Event, source="intake", name="filing.accepted"):
        """Changed in every way but one."""

        filing_id: int
        revision: int | None = None
        accepted_at: str | None = None
        accepted_by: str
        note: str = ""

    assert violations(before, published.current(asyncapi.document())) == [
        f"intake filing.accepted v1: {clause}: make it version 2 beside v1"
        for clause in (
            "`accepted_at` is no longer always there",
            "`accepted_at` changes its type from string (format date-time) to null or string",
            "`filing_id` changes its type from string (format uuid) to integer",
            "`accepted_by` is new without a default, and older messages lack it",
        )
    ]


def test_what_a_schema_refers_to_is_part_of_it_wherever_it_stands():
    schemas = {
        "Event": {
            "type": "object",
            "properties": {
                "b": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/T"}},
                "a": {"allOf": [{"$ref": "#/components/schemas/T"}], "default": "x"},
                "c": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/T"}]},
            },
            "required": ["c", "b"],
        },
        "T": {"title": "T", "const": "x"},
    }
    assert published.normalised(schemas["Event"], schemas) == {
        "type": "object",
        "properties": {
            "a": {"enum": ["x"], "default": "x"},
            "b": {"type": "object", "additionalProperties": {"enum": ["x"]}},
            "c": {"anyOf": [{"enum": ["x"]}, {"type": "string"}]},
        },
        "required": ["b", "c"],
    }
