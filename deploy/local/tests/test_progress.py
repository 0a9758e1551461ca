"""Long work says how far it is, where it disturbs nobody; Ctrl-C ends it with a sentence."""

import io
import sys

import pytest
import typer

from govproject_local.progress import told

STEPS = ["intake", "review", "archive"]


@pytest.fixture
def screen(monkeypatch):
    """What a terminal is sent."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def during(work, **kwargs: object):
        sent = Terminal()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", sent)
            work(**kwargs)
        return sent.getvalue()

    return during


def work(moments=(), interrupted_in=None):
    clock = iter([0.0, *moments])
    with told(
        "verify", len(STEPS), stopped=lambda: "nothing was changed", clock=lambda: next(clock)
    ) as begin:
        for step in STEPS:
            begin(step)
            if step == interrupted_in:
                raise KeyboardInterrupt


def test_a_terminal_shows_each_step_in_one_line_and_is_cleared(screen):
    clear = "\r\x1b[K"
    assert screen(work) == clear + clear.join(
        ["verify 1/3: intake …", "verify 2/3: review …", "verify 3/3: archive …", ""]
    )


@pytest.mark.parametrize(
    ("moments", "lines"),
    [
        ((0.1, 0.2, 9.9), []),
        ((0.1, 10.0, 19.9), ["govproject: verify 2/3: review …"]),
        (
            (0.1, 10.0, 20.0),
            ["govproject: verify 2/3: review …", "govproject: verify 3/3: archive …"],
        ),
    ],
)
def test_elsewhere_a_line_comes_every_ten_seconds_at_most(capsys, moments, lines):
    work(moments)
    printed = capsys.readouterr()
    assert (printed.out, printed.err.splitlines()) == ("", lines)


def test_ctrl_c_ends_it_with_a_sentence(capsys):
    with pytest.raises(typer.Exit) as end:
        work((0.1, 0.2), interrupted_in="review")
    assert end.value.exit_code == 130
    assert capsys.readouterr().err == "govproject: verify stopped at 2/3: nothing was changed\n"


def test_the_sentence_stands_alone_on_a_terminal(screen):
    def interrupted():
        with pytest.raises(typer.Exit):
            work(interrupted_in="intake")

    assert screen(interrupted).endswith(
        "intake …\r\x1b[Kgovproject: verify stopped at 1/3: nothing was changed\n"
    )
