"""The regulation as officials read it: each article, and what in the suite carries it."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from govproject.web import pages

# The page is one file: nothing is fetched, nothing runs.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",
}

router = APIRouter(include_in_schema=False)


@router.get(pages.REGULATION)
async def regulation() -> HTMLResponse:
    """What is law is open to everybody."""
    return HTMLResponse(_page(), headers=_HEADERS)


@cache
def _page() -> str:
    return files("govproject.regulation").joinpath("page.html").read_text(encoding="utf-8")
