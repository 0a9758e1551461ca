"""What every service's OpenAPI document has in common, and FastAPI does not know."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from govproject.identity import Role
from govproject.web.problems import Problem

_REF = "#/components/schemas/{model}"


def install(app: FastAPI) -> None:
    """Add the schema of problem documents, summaries from docstrings, and who may call."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        if Problem.__name__ in schemas:
            return document  # FastAPI keeps it, and it has been here before
        _, shared = models_json_schema([(Problem, "serialization")], ref_template=_REF)
        for name, schema in shared["$defs"].items():
            schemas.setdefault(name, schema)
        for schema in schemas.values():
            _leave_out_examples(schema)
        for operations in document["paths"].values():
            for operation in operations.values():
                _summarise(operation)
                _name_roles(operation)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _summarise(operation: dict[str, Any]) -> None:
    """FastAPI makes an English title of the function's name; the docstring says it in Chinese."""
    description = operation.get("description", "")
    if description and operation["summary"].isascii():
        operation["summary"] = description.splitlines()[0].rstrip("。.")


def _leave_out_examples(schema: Any) -> None:
    """A docstring's examples are for whoever changes the code, at every depth."""
    if isinstance(schema, dict):
        description = schema.get("description")
        if isinstance(description, str):
            schema["description"] = description.partition(">>>")[0].rstrip()
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        _leave_out_examples(each)


def _name_roles(operation: dict[str, Any]) -> None:
    """Any one of the roles is enough: in OpenAPI 3.1 that is a requirement for each of them."""
    roles = [
        role for requirement in operation.get("security", ()) for role in requirement["bearer"]
    ]
    if roles:
        operation["security"] = [{"bearer": [role]} for role in roles]
        called = "、".join(Role(role).zh for role in roles)
        operation["description"] = f"{operation['description']}\n\n办理身份：{called}。"
