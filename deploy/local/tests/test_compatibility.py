"""Every kind of change to a published body, and whether it needs a new version."""

from copy import deepcopy

import pytest

from govproject_local.compatibility import breaks

BODY = {
    "type": "object",
    "properties": {
        "amount": {"type": "string"},
        "day": {"type": "string", "format": "date"},
        "kind": {"type": "string", "enum": ["new", "ops"]},
        "kinds": {"type": "array", "items": {"type": "string", "enum": ["new", "ops"]}},
        "maybe": {"anyOf": [{"type": "null"}, {"type": "string", "enum": ["a", "b"]}]},
        "note": {"type": "string", "default": ""},
        "plan": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"vcpus": {"type": "integer", "minimum": 0, "default": 0}},
        },
    },
    "required": ["amount", "day", "kind", "kinds", "maybe", "plan"],
}
A_OR_B = "string (enum ['a', 'b'])"


def change(edit):
    changed = deepcopy(BODY)
    edit(changed["properties"], changed)
    return list(breaks(BODY, changed))


def gains_a_field_with_a_default(fields, body):
    fields["by"] = {"type": "string", "default": ""}


def gains_a_field_that_may_be_null(fields, body):
    fields["by"] = {"anyOf": [{"type": "null"}, {"type": "string"}], "default": None}


def gains_a_value(fields, body):
    fields["kind"]["enum"].append("upgrade")


def gains_a_value_in_a_list(fields, body):
    fields["kinds"]["items"]["enum"].insert(0, "upgrade")


def gains_a_value_beside_null(fields, body):
    fields["maybe"]["anyOf"][1]["enum"].append("c")


def has_its_values_in_another_order(fields, body):
    fields["kind"]["enum"].reverse()


def has_its_fields_in_another_order(fields, body):
    body["properties"] = dict(reversed(fields.items()))
    body["required"].reverse()


@pytest.mark.parametrize(
    "edit",
    [
        gains_a_field_with_a_default,
        gains_a_field_that_may_be_null,
        gains_a_value,
        gains_a_value_in_a_list,
        gains_a_value_beside_null,
        has_its_values_in_another_order,
        has_its_fields_in_another_order,
    ],
)
def test_a_body_stays_compatible_when_it(edit):
    assert change(edit) == []


def loses_a_field(fields, body):
    del fields["day"]
    body["required"].remove("day")


def renames_a_field(fields, body):
    fields["date"] = fields.pop("day")
    body["required"][body["required"].index("day")] = "date"


def loses_an_inner_field(fields, body):
    del fields["plan"]["properties"]["vcpus"]


def changes_a_type(fields, body):
    fields["amount"] = {"type": "integer"}


def changes_a_format(fields, body):
    fields["day"]["format"] = "date-time"


def loses_its_format(fields, body):
    del fields["day"]["format"]


def narrows_a_number(fields, body):
    fields["plan"]["properties"]["vcpus"]["minimum"] = 1


def gains_a_pattern(fields, body):
    fields["amount"]["pattern"] = "^[0-9]+$"


def becomes_a_list(fields, body):
    fields["amount"] = {"type": "array", "items": {"type": "string"}}


def becomes_nullable(fields, body):
    fields["amount"] = {"anyOf": [{"type": "null"}, {"type": "string"}]}


def is_never_null_again(fields, body):
    fields["maybe"] = {"type": "string", "enum": ["a", "b"]}


def opens_a_vocabulary(fields, body):
    fields["kind"] = {"type": "string"}


def closes_a_text(fields, body):
    fields["amount"]["enum"] = ["1", "2"]


def loses_a_value(fields, body):
    fields["kind"]["enum"].remove("ops")


def loses_a_value_in_a_list(fields, body):
    fields["kinds"]["items"]["enum"].remove("ops")


def loses_a_value_beside_null(fields, body):
    fields["maybe"]["anyOf"][1]["enum"].remove("a")


def renames_a_value(fields, body):
    fields["kind"]["enum"] = ["new", "operation"]


def changes_a_type_in_a_list(fields, body):
    fields["kinds"]["items"] = {"type": "integer"}


def makes_a_field_optional(fields, body):
    fields["amount"]["default"] = "0"
    body["required"].remove("amount")


def makes_a_field_required(fields, body):
    del fields["note"]["default"]
    body["required"].append("note")


def changes_a_default(fields, body):
    fields["note"]["default"] = "none"


def gains_a_field_without_a_default(fields, body):
    fields["by"] = {"type": "string"}
    body["required"].append("by")


def gains_a_field_where_none_is_expected(fields, body):
    fields["plan"]["properties"]["gpus"] = {"type": "integer", "default": 0}


def refuses_what_it_does_not_know(fields, body):
    body["additionalProperties"] = False


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (loses_a_field, "`day` is gone"),
        (loses_an_inner_field, "`plan.vcpus` is gone"),
        (changes_a_type, "`amount` changes its type from string to integer"),
        (
            changes_a_format,
            "`day` changes its type from string (format date) to string (format date-time)",
        ),
        (loses_its_format, "`day` changes its type from string (format date) to string"),
        (
            narrows_a_number,
            "`plan.vcpus` changes its type from integer (minimum 0) to integer (minimum 1)",
        ),
        (
            gains_a_pattern,
            "`amount` changes its type from string to string (pattern ^[0-9]+$)",
        ),
        (becomes_a_list, "`amount` changes its type from string to array of string"),
        (becomes_nullable, "`amount` changes its type from string to null or string"),
        (
            is_never_null_again,
            f"`maybe` changes its type from null or {A_OR_B} to {A_OR_B}",
        ),
        (opens_a_vocabulary, "`kind` changes its type from string (enum ['new', 'ops']) to string"),
        (closes_a_text, "`amount` changes its type from string to string (enum ['1', '2'])"),
        (loses_a_value, "`kind` loses the value 'ops'"),
        (loses_a_value_in_a_list, "`kinds[]` loses the value 'ops'"),
        (loses_a_value_beside_null, "`maybe` loses the value 'a'"),
        (renames_a_value, "`kind` loses the value 'ops'"),
        (
            changes_a_type_in_a_list,
            "`kinds[]` changes its type from string (enum ['new', 'ops']) to integer",
        ),
        (makes_a_field_optional, "`amount` is no longer always there"),
        (makes_a_field_required, "`note` becomes required, and older messages may lack it"),
        (changes_a_default, "`note` changes its default"),
        (
            gains_a_field_without_a_default,
            "`by` is new without a default, and older messages lack it",
        ),
        (
            gains_a_field_where_none_is_expected,
            "`plan.gpus` is new where readers refuse what they do not know",
        ),
        (
            refuses_what_it_does_not_know,
            "the body changes its type from object to object (additionalProperties False)",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_body_needs_a_new_version_when_it(edit, says):
    assert change(edit) == [says]


def test_a_renamed_field_is_one_gone_and_one_too_many():
    assert change(renames_a_field) == [
        "`day` is gone",
        "`date` is new without a default, and older messages lack it",
    ]
