"""No refusal without a way on: every problem's code says what to do, and which article asks it."""

import ast
import re
from collections.abc import Iterator

import pytest

from govproject import errors
from govproject.regulation.text import articles
from govproject.web import problems
from govproject.web.ways_on import ways_on
from govproject_local.paths import ROOT

ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type)
    and issubclass(kind, errors.ProblemError)
    and kind is not errors.Refused  # which has one code, and its findings
}
# What answers an error without raising one of ours; the second argument is the status.
ANSWERS = "response"
SOURCES = ("shared/src", *(f"services/{each.name}/src" for each in (ROOT / "services").iterdir()))


def called() -> Iterator[tuple[str, ast.Call]]:
    for source in SOURCES:
        for path in (ROOT / source).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else None
                    name = node.func.id if isinstance(node.func, ast.Name) else name
                    if name in ERRORS or (name == ANSWERS and path.name == "problems.py"):
                        yield str(path.relative_to(ROOT)), node


def codes() -> set[str]:
    """Every code in the product's sources."""
    found = {"refused", *(code for code, _ in problems._HTTP.values()), "http_error"}
    for path, call in called():
        at = 2 if getattr(call.func, "id", "") == ANSWERS else 0
        if len(call.args) <= at or isinstance(call.args[at], ast.Starred):
            continue
        code = call.args[at]
        if isinstance(code, ast.Constant):
            found.add(code.value)
        else:
            # Handed on from an error, or from the answers to Starlette's own.
            assert ast.unparse(code) in {"code", "error.code"}, f"{path}:{call.lineno}"
    return found


def test_every_problem_has_a_way_on():
    assert codes() - set(ways_on()) == set()


def test_no_way_leads_on_from_what_no_longer_exists():
    assert set(ways_on()) - codes() == set()


@pytest.mark.parametrize("code", ways_on())
def test_a_way_on_says_what_to_do(code):
    way = ways_on()[code]
    assert way.article is None or way.article in articles()
    assert way.remedy.endswith("。")
    assert any(word in way.remedy for word in ("请", "无须"))
    assert any("\u4e00" <= character <= "\u9fff" for character in way.remedy)


def said(node: ast.expr) -> str:
    """What a detail says; what is filled in is left out."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(said, node.values))
    return str(node.value) if isinstance(node, ast.Constant) else ""


def clauses(sentence: str) -> set[str]:
    return {
        part.removeprefix("请").removeprefix("先") for part in re.split("[，；：。]", sentence)
    } - {""}


def test_a_way_on_does_not_say_the_detail_again():
    repeated = set()
    for path, call in called():
        at = 2 if getattr(call.func, "id", "") == ANSWERS else 0
        given = call.args[at : at + 2]
        if len(given) == 2 and isinstance(given[0], ast.Constant):
            remedy = ways_on()[given[0].value].remedy
            if same := clauses(said(given[1])) & clauses(remedy):
                repeated.add((f"{path}:{call.lineno}", *same))
    assert repeated == set()


def test_they_are_in_order():
    assert list(ways_on()) == sorted(ways_on())
