import json

import pytest

from govproject_local import asyncapi, events_page

ACCEPTED = "govproject.intake.filing.accepted.v1"


@pytest.fixture
def document():
    return asyncapi.document()


def page(document):
    return "\n".join(events_page.page(document))


def test_every_event_is_there_with_all_its_fields_and_its_example(document):
    text = page(document)
    for name, channel in document["channels"].items():
        if "parameters" not in channel:
            continue
        message = document["components"]["messages"][name]
        section = text[text.index(f"Type `{name}`, routing key `{channel['address']}`") :]
        section = section[: section.index("\n```\n")]
        schema = document["components"]["schemas"][message["title"]]
        for field, says in schema["properties"].items():
            [row] = [line for line in section.splitlines() if line.startswith(f"| `{field}` |")]
            assert says["description"] in row
        shown = json.loads(section.partition("```json\n")[2])
        assert shown == message["examples"][0]


def test_it_says_what_the_document_says_and_nothing_else(document):
    [example] = document["components"]["messages"][ACCEPTED]["examples"]
    example["payload"]["filing_id"] = "another"
    fields = document["components"]["schemas"]["FilingAccepted"]["properties"]
    fields["accepted_at"] |= {"description": "Another meaning.", "type": "integer"}
    document["channels"][ACCEPTED]["x-acting"] = []
    document["channels"][ACCEPTED]["x-superseded-by"] = "something.newer"
    document["components"]["schemas"]["Track"]["x-chinese"]["filing"] = "另一个"
    document["info"]["description"] = "Another guide."

    text = page(document)

    assert '"filing_id": "another"' in text
    assert "| `accepted_at` | integer (date-time) | Another meaning. |" in text
    assert "routing key `filing.accepted.v1.{slot}`. Acted on by no service of the suite." in text
    assert "**Deprecated**: new events are `something.newer`." in text
    assert "| `filing` | 另一个 |" in text
    assert "Another guide." in text
    assert "## Receiving" not in text


def test_every_type_that_a_field_names_is_explained(document):
    text = page(document)
    for name, schema in document["components"]["schemas"].items():
        if "enum" in schema or name == "Resources":
            assert f"](#{name.lower()})" in text
            assert f"### {name}\n" in text
