"""Pages that officials read and print: one file, nothing fetched, nothing run."""

from typing import Final

HEADERS: Final = {
    # Of what the page itself could not do anyway, the browser is told as well.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
