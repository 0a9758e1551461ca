"""The cookie that a browser keeps an access token in, once somebody has logged in (0018).

Browsers share cookies between the ports of a host, and so one login serves all five services of
a suite; other programs on the same host are sent the token too.
"""

from ipaddress import ip_address

from fastapi import Request
from starlette.responses import Response

from govproject.settings import Settings

_PLAIN = "govproject-login"
# Browsers take this prefix from https alone, for the whole host and nobody above or beside it.
_SECURE = f"__Host-{_PLAIN}"


def name(settings: Settings) -> str:
    """What the cookie is called here."""
    return _SECURE if is_secure(settings) else _PLAIN


def is_secure(settings: Settings) -> bool:
    """Whether the token must travel encrypted: everywhere but on one machine, for trying out."""
    return settings.environment == "production" or not _is_loopback(settings.service_host)


def token(request: Request, settings: Settings) -> str | None:
    """The token that the browser sent along."""
    return request.cookies.get(name(settings))


def keep(response: Response, settings: Settings, token: str, seconds: int) -> None:
    """Have the browser keep a token for so long."""
    response.set_cookie(
        name(settings),
        token,
        max_age=seconds,
        path="/",
        secure=is_secure(settings),
        httponly=True,
        samesite="strict",
    )


def drop(response: Response, settings: Settings) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        name(settings), path="/", secure=is_secure(settings), httponly=True, samesite="strict"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
