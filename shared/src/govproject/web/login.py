"""Logging in with a browser: an access token is handed in once, and opens pages from then on.

The token is checked as the one in an Authorization header is. Its cookie opens pages alone
(`access.look_as`); a command wants the header, so no other site can send one in somebody's name.
"""

import re
from html import escape
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from govproject.errors import Forbidden, Unauthorized
from govproject.identity import Principal
from govproject.web import cookies, pages, runtime

# A path of this host: browsers read a second slash or a backslash as the beginning of another's
# name, and pass over tabs and line ends on the way there.
_LOCAL: Final = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}")
_SEE_OTHER: Final = 303

router = APIRouter(include_in_schema=False)


@router.get(pages.LOGIN)
async def show_login(request: Request, next: str = pages.HOME) -> Response:  # noqa: A002  # its name in the address
    """Where a token is handed in; who has logged in already is told so."""
    running = runtime.of(request)
    token = cookies.token(request, running.settings)
    said = ""
    if token is not None:
        try:
            caller = running.verifier.verify(token)
        except Unauthorized as error:
            said = f'<p class="bad">{escape(error.detail)}</p>'
        else:
            onward = f'<a href="{escape(local(next))}">继续打开页面</a>'
            said = f"<p>{_who(caller)}{onward}，或者换一个登录凭证：</p>"
    return pages.answer(_form(local(next), said))


@router.post(pages.LOGIN)
async def log_in(request: Request) -> Response:
    """Check the token, have the browser keep it, and lead on to the page that was asked for."""
    running = runtime.of(request)
    _must_come_from_here(request)
    given = parse_qs((await request.body()).decode("ascii", "replace"), max_num_fields=10)
    onward = local(given.get("next", [pages.HOME])[0])
    # What was copied from a terminal or a letter may have been broken into lines.
    token = "".join(given.get("token", [""])[0].split()).removeprefix("Bearer")
    try:
        running.verifier.verify(token)
        seconds = running.verifier.seconds_left(token)
    except Unauthorized as error:
        said = f'<p class="bad">{escape(error.detail)}</p>'
        return pages.answer(_form(onward, said), status=error.status)
    answer = _to(onward)
    cookies.keep(answer, running.settings, token, seconds)
    return answer


@router.get(pages.LOGOUT)
async def show_logout(request: Request) -> Response:
    """Ask first: a link, which any page could hold, logs nobody out."""
    return pages.answer(
        pages.document(
            "退出登录",
            "<p>退出后，本机上五个系统的页面都须重新登录。</p>"
            f'<form method="post" action="{pages.LOGOUT}"><button>退出</button></form>',
        )
    )


@router.post(pages.LOGOUT)
async def log_out(request: Request) -> Response:
    """Have the browser forget the token."""
    _must_come_from_here(request)
    answer = _to(pages.LOGIN)
    cookies.drop(answer, runtime.of(request).settings)
    return answer


def lead(request: Request) -> Response:
    """Send a browser that nobody has logged in with to do so, and back afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return _to(f"{pages.LOGIN}?next={quote(here, safe='/')}")


def local(path: str) -> str:
    r"""The path if it leads to a page of this host, else that of the first page.

    >>> local("/regulation?a=1#a27")
    '/regulation?a=1#a27'
    >>> [local(path) for path in ("https://example.org/", "//example.org", r"/\example.org", "")]
    ['/', '/', '/', '/']
    """
    return path if _LOCAL.fullmatch(path) else pages.HOME


def _must_come_from_here(request: Request) -> None:
    """Refuse a form of another site: it could log somebody in under a name that is not theirs.

    Browsers say so of every form they send, if not in one header, then in the other; what says
    nothing is no browser.
    """
    request.state.page = True
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is not None:
        same = urlsplit(origin).netloc == request.headers.get("host")
        site = "same-origin" if same else "cross-site"
    if site not in {None, "same-origin", "none"}:
        raise Forbidden("other_origin", "这一请求来自其他网站，不予受理，请在本系统的页面上操作。")


def _form(onward: str, said: str) -> str:
    return pages.document(
        "登录",
        f"{said}<p>请粘贴登录凭证。凭证由区数据局发放，有效期内打开页面无须再次登录。</p>"
        f'<form method="post" action="{pages.LOGIN}">'
        f'<input type="hidden" name="next" value="{escape(onward)}">'
        '<label for="token">登录凭证</label>'
        '<input id="token" name="token" type="password" required autocomplete="off" '
        'spellcheck="false" autofocus><button>登录</button></form>'
        '<p class="quiet">登录只用于查看和打印页面；办理事项仍须在请求中携带登录凭证。'
        "公用计算机上，用完请退出登录。</p>",
        nav=False,
    )


def _who(caller: Principal) -> str:
    unit = f"（{escape(caller.unit)}）" if caller.unit else ""
    return f"已以{caller.role.zh}{unit}身份登录，账号{escape(caller.subject)}。"


def _to(path: str) -> Response:
    return RedirectResponse(path, _SEE_OTHER, headers={"Cache-Control": "no-store"})
