"""Pages that officials read and print: one file, nothing fetched, nothing run."""

from collections.abc import Iterable, Mapping
from html import escape
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

HEADERS: Final = {
    # Of what the page itself could not do anyway, the browser is told as well. It is no sandbox:
    # a link out of one would leave the login behind (0018).
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STYLE: Final = """
:root { color-scheme: light dark; --line: #d0d0d0; --quiet: #5a5a5a; --bad: #a61b1b;
  --good: #1b6b35; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --line: #444; --quiet: #aaa; --bad: #ff8a80;
  --good: #81c995; --link: #8ab4f8; } }
@page { size: A4; margin: 18mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; line-height: 1.7;
  overflow-wrap: anywhere; font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", "SimSun", sans-serif; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin-bottom: 1rem;
  padding-bottom: .4rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
h1 { font-size: 1.4rem; line-height: 1.4; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; border-top: 1px solid var(--line);
  padding-top: 1rem; break-after: avoid; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; break-after: avoid; }
p { margin: .2rem 0; }
ol, ul { margin: .3rem 0; padding-left: 1.4rem; }
li { margin: .7rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: .3rem 0; }
dd { margin: 0; }
blockquote { margin: .1rem 0; padding-left: .8rem; border-left: 3px solid var(--line);
  color: var(--quiet); }
form { margin: 1rem 0; }
label { display: block; }
input, button { font: inherit; width: 100%; max-width: 32rem; padding: .5rem .6rem;
  border: 1px solid var(--quiet); border-radius: .2rem; }
button { display: block; width: auto; margin-top: .8rem; padding: .4rem 1.6rem; cursor: pointer; }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
@media print { :root { color-scheme: light; --line: #999; --quiet: #333; --bad: #000;
  --good: #000; --link: #000; } body { max-width: none; padding: 0; } a { text-decoration: none; }
  nav, form { display: none; } }
"""
LOGIN: Final = "/login"
LOGOUT: Final = "/logout"
HOME: Final = "/"
REGULATION: Final = "/regulation"
_PLACES: Final = ((HOME, "项目列表"), (REGULATION, "实施细则"), (LOGOUT, "退出登录"))


def document(title: str, body: str, *, style: str = "", nav: bool = True) -> str:
    """A whole page.

    Args:
        title: of the page, as text.
        body: what stands under it, as HTML.
        style: what the page adds to the common one.
        nav: whether it leads to the other pages.
    """
    links = "".join(f'<a href="{path}">{name}</a>' for path, name in _PLACES) if nav else ""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}{style}</style></head><body>"
        f"{f'<nav>{links}</nav>' if nav else ''}<h1>{escape(title)}</h1>{body}</body></html>\n"
    )


def wanted(request: Request) -> bool:
    """Whether who asks is a browser, which shows a page."""
    return "text/html" in request.headers.get("accept", "")


def answer(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page as a response."""
    return HTMLResponse(page, status_code=status, headers={**HEADERS, **(headers or {})})


def problem(body: Mapping[str, Any]) -> str:
    """A problem document as a page.

    >>> "没有这个项目。" in problem({"title": "没有找到", "detail": "没有这个项目。"})
    True
    """
    lines = (str(body["detail"]), *_way_on(body))
    found = "".join(
        f"<li>{escape(each['message'])}<p>怎么办：{escape(each['remedy'])}</p></li>"
        for each in body.get("findings", ())
    )
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
    request = f'<p class="quiet">请求编号：{escape(str(body.get("request_id", "")))}</p>'
    findings = f"<ol>{found}</ol>" if found else ""
    return document(str(body["title"]), f"{shown}{findings}{_other_login(body)}{request}")


def _other_login(body: Mapping[str, Any]) -> str:
    """Who may not look is led to where somebody else's token is handed in, and back here."""
    if body.get("status") != HTTPStatus.FORBIDDEN:
        return ""
    here = quote(str(body.get("instance", HOME)), safe="/")
    return f'<p><a href="{LOGIN}?next={escape(here)}">换一个账号登录</a></p>'


def _way_on(body: Mapping[str, Any]) -> Iterable[str]:
    if article := body.get("article"):
        yield f"依据：第{article}条。"
    if remedy := body.get("remedy"):
        yield f"怎么办：{remedy}"
