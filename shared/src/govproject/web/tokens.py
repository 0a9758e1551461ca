"""Sign in with a local account. Mounted only where the identity is local: not in production."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from govproject.fields import Command, ShortText
from govproject.identity import LocalAccounts
from govproject.web import problems


class SignIn(Command):
    """A name and its password."""

    name: ShortText
    password: Annotated[str, Field(min_length=1, max_length=200)]


class TokenView(BaseModel):
    """A bearer token."""

    access_token: str
    token_type: str
    expires_at: datetime
    role: str
    unit: str | None


def router(accounts: LocalAccounts) -> APIRouter:
    """The one route."""
    routes = APIRouter(tags=["登录"])

    @routes.post(
        "/tokens", response_model=TokenView, responses=problems.responses(400, 401, 413, 415, 422)
    )
    def sign_in(command: SignIn) -> Response:
        """以本地账号换取登录凭证。"""
        token = accounts.sign_in(command.name, command.password)
        view = TokenView(
            access_token=token.text,
            token_type="Bearer",  # noqa: S106  # the scheme's name (RFC 6750), not a password
            expires_at=token.expires_at,
            role=token.principal.role,
            unit=token.principal.unit,
        )
        # A credential belongs into no cache on the way (RFC 6749, section 5.1).
        return Response(
            view.model_dump_json(),
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    return routes
