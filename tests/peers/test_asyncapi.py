"""The official parser reads the published document, and would not read a broken one."""

import json

import pytest

from govproject_local import asyncapi, asyncapi_parser
from govproject_local.paths import ROOT

DECLARED = "govproject.intake.project.declared.v1"


@pytest.fixture
def parse(asyncapi_parser_place):
    return lambda text: asyncapi_parser.parse(asyncapi_parser_place, text)


@pytest.fixture
def document():
    return asyncapi.document()


def test_the_parser_understands_the_published_document(parse, document):
    verdict = parse((ROOT / "docs/asyncapi.json").read_text(encoding="utf-8"))

    assert verdict.errors == []
    assert verdict.warnings == []
    assert verdict.understood == {
        "channels": list(document["channels"]),
        "messages": list(document["components"]["messages"]),
        "operations": list(document["operations"]),
    }


def lacks_a_title(document):
    del document["info"]["title"]


def speaks_of_a_channel_that_is_none(document):
    operation = document["operations"][f"intake.sends.{DECLARED}"]
    operation["channel"]["$ref"] = "#/channels/nowhere"


def sends_a_message_that_its_channel_has_not(document):
    operation = document["operations"][f"intake.sends.{DECLARED}"]
    operation["messages"][0]["$ref"] = f"#/components/messages/{DECLARED}"


def has_a_field_of_no_type(document):
    fields = document["components"]["schemas"]["ProjectDeclared"]["properties"]
    fields["plan_year"]["type"] = "year"


def has_an_exchange_of_no_kind(document):
    document["channels"][DECLARED]["bindings"]["amqp"]["exchange"]["type"] = "round"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lacks_a_title, "title"),
        (speaks_of_a_channel_that_is_none, "nowhere"),
        (sends_a_message_that_its_channel_has_not, "messages"),
        (has_a_field_of_no_type, "plan_year"),
        (has_an_exchange_of_no_kind, "exchange"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_parser_refuses_a_document_that(parse, document, broken, says):
    broken(document)

    verdict = parse(json.dumps(document))

    assert any(says in error for error in verdict.errors), verdict
