"""What every service's OpenAPI document has in common, and FastAPI does not know."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from govproject.web.problems import Problem

_REF = "#/components/schemas/{model}"


def install(app: FastAPI) -> None:
    """Add the schema of problem documents, and take each summary from the route's docstring."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        _, shared = models_json_schema([(Problem, "serialization")], ref_template=_REF)
        for name, schema in shared["$defs"].items():
            schemas.setdefault(name, schema)
        for operations in document["paths"].values():
            for operation in operations.values():
                _summarise(operation)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _summarise(operation: dict[str, Any]) -> None:
    """FastAPI makes an English title of the function's name; the docstring says it in Chinese."""
    description = operation.get("description", "")
    if description and operation["summary"].isascii():
        operation["summary"] = description.splitlines()[0].rstrip("。.")
