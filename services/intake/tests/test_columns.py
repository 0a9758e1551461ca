"""The README lists the columns that a table to be filled in has to have."""

from pathlib import Path

import pytest

from govproject_intake.columns import DAYS, FILINGS, PLAN, PROJECTS, REGISTRATIONS

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize(
    ("route", "columns"),
    [
        ("/projects/import", PROJECTS),
        ("/filings/import", FILINGS),
        ("/annual-plans/{year}/import", PLAN),
        ("/registrations/import", REGISTRATIONS),
        ("/working-days", DAYS),
    ],
)
def test_the_readme_lists_the_columns_that_are_required(route, columns):
    _, listed = README.read_text(encoding="utf-8").split("## Tables to fill in")
    (row,) = [line for line in listed.splitlines() if line.startswith(f"| `POST {route}` |")]
    *_, filled, there, _ = (cell.strip() for cell in row.split("|"))
    assert filled == ", ".join(each.heading for each in columns if each.required)
    assert there == (", ".join(each.heading for each in columns if each.present) or "–")
