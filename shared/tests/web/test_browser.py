"""The pages in a real browser: a login for all ports of a host, and nothing out of the window."""

import threading
import time
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn

from govproject.identity import mint
from govproject.web import pages
from govproject.web.app import build
from govproject_local import ports

WIDTHS = (360, 1280)


@contextmanager
def served(app, port):
    """An application on a port of its own."""
    config = uvicorn.Config(app, port=port, log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 120
        while not server.started:
            assert thread.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield f"http://{ports.LOOPBACK}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def addresses(service, settings, tmp_path):
    """Two services of one suite."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                served(
                    build(
                        service,
                        settings.model_copy(
                            update={"database_url": f"sqlite:///{tmp_path}/{port}.db"}
                        ),
                    ),
                    port,
                )
            )
            for port in ports.pick(2)
        ]


def test_one_login_opens_the_pages_of_all_services_until_one_logs_out(browser, addresses, identity):
    first, second = addresses
    browser.open(f"{first}/logout", 360)
    assert browser.overflow == 0
    browser.open(f"{first}/login?next=/regulation", 360)
    assert browser.overflow == 0
    browser.type("wrong")
    browser.click("button")
    assert "登录凭证无效" in browser.html
    browser.type(mint(identity, "bureau"))
    browser.click("button")
    assert browser.url == f"{first}/regulation"
    browser.open(f"{second}/login")
    assert "已以区数据局身份登录" in browser.html
    [kept] = browser.cookies()
    assert (kept["httpOnly"], kept["sameSite"]) == (True, "Strict")
    browser.open(f"{second}/logout")
    browser.click("button")
    assert browser.cookies() == []
    browser.open(f"{first}/login")
    assert "已以" not in browser.html


@pytest.mark.parametrize("width", WIDTHS)
def test_what_belongs_to_every_page_fits_the_window(browser, tmp_path, width):
    body = {
        "title": "当前不能办理",
        "detail": "d" * 300,
        "article": "27",
        "remedy": "请补齐材料。",
        "request_id": "0" * 36,
    }
    place = tmp_path / "page.html"
    place.write_text(pages.problem(body), encoding="utf-8")
    browser.open(place.as_uri(), width)
    assert browser.overflow == 0
    assert browser.paper().startswith(b"%PDF")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_regulation_fits_the_window(browser, addresses, width):
    browser.open(f"{addresses[0]}/regulation", width)
    assert browser.overflow == 0
