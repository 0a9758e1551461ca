"""The lives of two made-up projects, as commands in their lawful order.

Each command names the events that it must cause. Steps that need what another service has to hear
first are repeated until it has.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from govproject_local import documents
from govproject_local.chaos.caller import JSON, Caller
from govproject_local.review_documents import pre_review_materials

_PLAN = {"vcpus": 64, "memory_gib": 256, "storage_gib": 8192}
_CONDITIONS = dict.fromkeys(
    ("duplicate", "no_shared_resources", "no_data_catalogue", "security", "crypto_xinchuang"),
    False,
)
_POINTS = (
    "necessity",
    "basis",
    "infrastructure_use",
    "digital_reform",
    "data_needs",
    "data_resource_design",
)
_REVIEWED_YUAN = Decimal("2600000.00")
_DEPARTMENTS = ("party-office", "cyberspace", "finance", "audit")


@dataclass(slots=True)
class Life:
    """One project's way through the services; `play` is the whole of it.

    Args:
        caller: gives the commands.
        number: of the project, unique in the run.
        today: the day on which everything happens.
    """

    caller: Caller
    number: int
    today: date
    id: str = ""

    @property
    def unit(self) -> str:
        """The unit that declares it."""
        return f"第{self.number % 7 + 1}项目单位"

    async def play(self) -> None:
        """Do everything; every third project goes the long way of review."""
        await self._declare()
        if self.number % 3:
            await self._file()
        else:
            await self._review()
        await self._build()
        await self._supervise()
        await self._ask_for_resources()
        await self._end()

    async def _declare(self) -> None:
        budget = "300000.00" if self.number % 3 else str(_REVIEWED_YUAN)
        materials = [
            {
                "kind": kind,
                "file_id": await self.caller.hand_in("intake", name, content, "unit", self.unit),
            }
            for kind, (name, content) in documents.materials("new").items()
        ]
        project = await self.caller.do(
            "intake",
            "/projects",
            "unit",
            {
                "project_name": f"演练项目{self.number:05}",
                "scope": "government_it",
                "kind": "new",
                "budget_yuan": budget,
                "plan_year": self.today.year + 1,
                "builds_system": True,
                "deployment_target": "district_cloud",
                "responsible_body": "信息中心",
                "responsible_person": "责任人",
                "policy_basis": ["区政府会议纪要"],
                "materials": materials,
                "cloud_plan": _PLAN,
            },
            unit=self.unit,
            events=("project.declared",),
        )
        self.id = project["id"]
        await self._intake(
            "registration",
            "bureau",
            {"city_system_ref": f"CHAOS-{self.number:06}"},
            events=("project.registered",),
        )
        await self.caller.do(
            "intake",
            f"/annual-plans/{self.today.year + 1}/projects",
            "bureau",
            {"project_ids": [self.id], "reason": "年中追加。"},
            events=("project.plan_adopted",),
        )

    async def _file(self) -> None:
        content = {
            "internal_review_on": self.today.isoformat(),
            "internal_review_record_file_id": await self.caller.hand_in(
                "intake", "论证记录.docx", documents.internal_review(), "unit", self.unit
            ),
            "conditions": _CONDITIONS,
            "mobile": "none",
        }
        filing = await self._intake("filings", "unit", content, events=("filing.submitted",))
        path = f"/filings/{filing['id']}"
        await self.caller.do(
            "intake",
            f"{path}/irregularity",
            "bureau",
            {"reasons": ["附件不全"]},
            events=("filing.found_irregular",),
        )
        await self.caller.do(
            "intake",
            f"{path}/correction",
            "unit",
            content,
            unit=self.unit,
            events=("filing.corrected",),
        )
        await self.caller.do("intake", f"{path}/acceptance", "bureau", events=("filing.accepted",))

    async def _review(self) -> None:
        files = [
            {
                "kind": kind,
                "file_id": await self.caller.hand_in("review", name, content, "unit", self.unit),
            }
            for kind, (name, content) in pre_review_materials("new", _REVIEWED_YUAN).items()
        ]
        for reasons, event in ((["材料不全"], "returned"), ([], "passed")):
            submitted = await self.caller.do(
                "review",
                f"/projects/{self.id}/pre-reviews",
                "unit",
                {"files": files, "statements": {"mobile": "none"}},
                unit=self.unit,
                events=("pre_review.submitted",),
                news=True,
            )
            await self.caller.do(
                "review",
                f"/pre-reviews/{submitted['id']}/verdict",
                "bureau",
                {"points": dict.fromkeys(_POINTS, True), "reasons": reasons},
                events=(f"pre_review.{event}",),
                news=True,
            )
        for department in _DEPARTMENTS:
            await self.caller.do(
                "review",
                f"/projects/{self.id}/opinions",
                department,
                {"verdict": "pass", "opinion": "符合要求。"},
                events=("department_opinion.recorded",),
            )

    async def _build(self) -> None:
        """What is reviewed is never approved here, so nothing is awarded for it (Art 6)."""
        for part in range(2):
            if self.number % 3:
                await self._contract(part)
            await self.caller.do(
                "acceptance",
                f"/projects/{self.id}/test-reports",
                "unit",
                {
                    "report_number": f"测-{self.number}-{part}",
                    "agency": "测评中心",
                    "qualification_number": "CNAS-1",
                    "finished_on": self.today.isoformat(),
                },
                unit=self.unit,
                events=("test_report.recorded",),
                news=True,
            )
        await self.caller.do(
            "archive",
            f"/projects/{self.id}/archive-check-failures",
            "archivist",
            {"inspector": "档案员", "reasons": ["目录不符"]},
            events=("archive_check.failed",),
            news=True,
        )

    async def _contract(self, part: int) -> None:
        await self._intake(
            "contracts",
            "unit",
            {
                "contractor": f"承建单位{part}",
                "amount_yuan": "100000.00",
                "award_notice_on": self.today.isoformat(),
                "contract_filed_on": self.today.isoformat(),
                "free_ops_months": 24,
                **documents.CONTRACT_TERMS,
            },
            events=("contract.recorded",),
        )

    async def _supervise(self) -> None:
        for _ in range(2):
            change = await self._intake(
                "changes",
                "unit",
                {"aspects": ["scale"], "description": "增加点位。"},
                events=("change.determined",),
            )
            await self.caller.do(
                "intake",
                f"/changes/{change['id']}/filing",
                "unit",
                unit=self.unit,
                events=("change.filed",),
            )
            order = await self._intake(
                "rectification-orders",
                "cyberspace",
                {
                    "problem": "日志留存不足。",
                    # Not today: a run may last beyond midnight.
                    "due_on": (self.today + timedelta(days=30)).isoformat(),
                },
                events=("rectification.ordered", "obligation.opened"),
            )
            report = await self.caller.hand_in(
                "intake", "整改报告.docx", documents.internal_review(), "unit", self.unit
            )
            await self.caller.do(
                "intake",
                f"/rectification-orders/{order['id']}/report",
                "unit",
                {"report": "已整改。", "file_id": report},
                unit=self.unit,
                events=("rectification.reported", "obligation.closed"),
            )
            await self.caller.do(
                "intake",
                f"/rectification-orders/{order['id']}/clearance",
                "cyberspace",
                {"reason": "已复查。"},
                events=("rectification.cleared",),
            )
        await self._intake(
            "exceptions",
            "bureau",
            {
                "rule": "filing_no_shared_resources",
                "reason": "不涉及部署。",
                "document": "会议纪要",
                "expires_on": (self.today + timedelta(days=30)).isoformat(),
            },
            events=("exception.granted",),
        )

    async def _ask_for_resources(self) -> None:
        for machines in (1, 9):
            await self.caller.do(
                "cloud-alloc",
                "/allocations",
                "portal",
                {
                    "project_id": self.id,
                    "purpose": "部署",
                    "network_zone": "extranet",
                    "mlps_level": 2,
                    "starts_on": self.today.isoformat(),
                    "ends_on": (self.today + timedelta(days=365)).isoformat(),
                    "lines": [
                        {
                            "quantity": machines,
                            "vcpus": 8,
                            "memory_gib": 32,
                            "system_disk_gib": 100,
                            "operating_system": "openEuler 24.03",
                            "cpu_architecture": "arm64",
                            "xinchuang": True,
                        }
                    ],
                },
                events=_decided,
            )

    async def _end(self) -> None:
        await self._intake(
            "decommission-report",
            "unit",
            {"reason": "业务并入市级平台。"},
            events=("project.decommissioned",),
        )

    async def _intake(self, step: str, who: str, body: JSON, *, events: tuple[str, ...]) -> JSON:
        return await self.caller.do(
            "intake",
            f"/projects/{self.id}/{step}",
            who,
            body,
            unit=self.unit if who == "unit" else None,
            events=events,
        )


def _decided(answer: JSON) -> tuple[str, ...]:
    granted = answer["decision"]["outcome"] == "allowed"
    return ("allocation.granted" if granted else "allocation.refused",)
