"""Tracks and fiscal-evaluation routing of 27 more real projects, where the file is at hand."""

import csv
from decimal import Decimal

import pytest

from govproject_local.paths import ROOT

FILE = ROOT.parent / "shared" / "data" / "projects-procurement-intents-2026.csv"

# Read off the file by hand, in 万元: what Articles 4 and 10 say of each.
FULL_PROCESS = {"100", "201", "162", "510", "294", "200", "1341", "160", "349.4", "140.1"}
EVALUATED = FULL_PROCESS | {"50", "57", "57.8"}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="optional: the sample file is absent")


def test_tracks_and_fiscal_evaluation(people):
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 27
    for row in rows:
        builds = row["kind"] in ("new", "upgrade")
        project = people.post(
            "intake",
            "/projects",
            "unit",
            people.declaration(
                unit=row["unit"],
                project_name=row["name"],
                kind=row["kind"],
                budget_yuan=str(Decimal(row["budget_wan"]) * 10_000),
                builds_system=builds,
                deployment_target="district_cloud" if builds else "none",
            ),
            unit=row["unit"],
        )
        full = row["budget_wan"] in FULL_PROCESS
        assert project["track"] == ("full_process" if full else "filing"), row
        asked = people.post("intake", "/checks/filing", "bureau", {"project_id": project["id"]})
        rules = {finding["rule"] for finding in asked["findings"]}
        assert ("fiscal_evaluation_ge_50" in rules) == (row["budget_wan"] in EVALUATED), row
