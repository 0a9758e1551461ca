"""Who takes part: the sample projects, and what each declares and asks for."""

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files

from govproject.regulation.pack import packs
from govproject.terms import Track
from govproject_local.demo.client import JSON

_WAN = 10_000
_BUILDS = ("new", "upgrade")

PLAN = {"vcpus": 64, "memory_gib": 256, "storage_gib": 8192, "public_ips": 8, "bandwidth_mbps": 200}


@dataclass(slots=True)
class Project:
    """A sample project on its way through the demo; without a budget, one nobody declared."""

    name: str
    unit: str
    kind: str
    budget_yuan: Decimal | None
    source: str
    id: str = ""
    track: str = ""
    filing_id: str = ""
    allocation_ids: list[str] = field(default_factory=list)

    @property
    def is_filed(self) -> bool:
        """Whether the filing track is the one that should be derived."""
        if self.budget_yuan is None:
            return False
        return packs()[-1].track(self.budget_yuan) is Track.FILING

    def declaration(self, plan_year: int, materials: list[JSON]) -> JSON:
        """What the unit declares; the published source is the document it rests on."""
        builds = self.kind in _BUILDS
        return {
            "project_name": self.name,
            "scope": "government_it",
            "kind": self.kind,
            "budget_yuan": str(self.budget_yuan),
            "plan_year": plan_year,
            "builds_system": builds,
            "deployment_target": "district_cloud" if builds else "none",
            "responsible_body": f"{self.unit}信息中心",
            "responsible_person": "项目责任人",
            "policy_basis": [self.source],
            "materials": materials,
            "cloud_plan": PLAN,
        }

    def request(self, machines: int, *, today: str, until: str, public_ips: int = 0) -> JSON:
        """A request for equal machines of 8 vCPU and 32 GiB."""
        return {
            "project_id": self.id,
            "purpose": f"{self.name}部署",
            "network_zone": "extranet",
            "mlps_level": 2,
            "starts_on": today,
            "ends_on": until,
            "lines": [
                {
                    "quantity": machines,
                    "vcpus": 8,
                    "memory_gib": 32,
                    "system_disk_gib": 100,
                    "data_disk_gib": 400,
                    "operating_system": "openEuler 24.03",
                    "cpu_architecture": "arm64",
                    "xinchuang": True,
                    "public_ips": public_ips,
                }
            ],
        }


def sample_projects() -> list[Project]:
    """The published projects, as the sample file has them; 万元 become yuan here."""
    text = files("govproject_local.demo.samples").joinpath("projects.csv").read_text("utf-8")
    return [
        Project(
            name=row["name"],
            unit=row["unit"].partition("(")[0],
            kind=row["kind"],
            budget_yuan=Decimal(row["budget_wan"]) * _WAN,
            source=row["source"].replace(";", "；")[:200],
        )
        for row in csv.DictReader(text.splitlines())
    ]
