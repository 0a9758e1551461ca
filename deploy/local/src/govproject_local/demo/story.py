"""The chapters of the demo. Every outcome printed is what a service answered."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from govproject.clock import SHANGHAI
from govproject.terms import Track
from govproject_local import documents
from govproject_local.demo import approval
from govproject_local.demo.cast import Project, sample_projects
from govproject_local.demo.client import JSON, Client, UnexpectedAnswerError, until
from govproject_local.demo.transcript import Line, Transcript, cited
from govproject_local.suite import Suite

_NO_CONDITION = {
    "duplicate": False,
    "no_shared_resources": False,
    "no_data_catalogue": False,
    "security": False,
    "crypto_xinchuang": False,
}


class Story:
    """What happens, in order; each chapter leaves the projects where the next one needs them."""

    def __init__(self, suite: Suite, client: Client, transcript: Transcript) -> None:
        self._suite = suite
        self._client = client
        self._tell = transcript
        self._projects = sample_projects()
        self._today = datetime.now(SHANGHAI).date()

    async def run(self) -> None:
        """All chapters."""
        await self.knowledge_arrives()
        await self.declaration()
        await self.everyone_asks_at_once()
        await self.registration()
        await self.filing()
        await self.approval()
        await self.beyond_the_plan()
        await self.a_department_of_its_own_mind()
        await self.suspension()
        await self.killed()
        await self.silence()
        await self.the_end_of_a_system()
        await self.proof()

    async def knowledge_arrives(self) -> None:
        """The gate must have heard of both its sources once, else it refuses everything."""

        async def heard() -> bool:
            found = await self._client.get("cloud-alloc", "/knowledge")
            return found["age_minutes"] is not None

        await until("the gate has heard of intake and review", heard)

    async def declaration(self) -> None:
        """Units declare; the track follows from the amount."""
        self._tell.chapter(
            "Declaration (Arts 4, 5)",
            f"{len(self._projects)} really published projects are declared as if their units were"
            " of this district.\nNobody types the track in: it follows from the amount.",
        )
        lines: list[Line] = []
        hints: dict[str, str] = {}
        for project in self._projects:
            materials = [
                {
                    "kind": kind,
                    "file_id": await self._client.hand_in("intake", name, content, project.unit),
                }
                for kind, (name, content) in documents.materials(project.kind).items()
            ]
            view = await self._client.post(
                "intake",
                "/projects",
                "unit",
                project.declaration(self._today.year + 1, materials),
                unit=project.unit,
            )
            project.id, project.track = view["id"], view["track"]
            hints |= {f"第{f['article']}条": f["message"] + f["remedy"] for f in view["warnings"]}
            lines.append(self._line(project, "unit", "declared", "", "已受理申报。"))
        self._tell.table(lines)
        for article, sentence in hints.items():
            self._tell.plain(f"With a warning, which refuses nothing: {article} {sentence}")

    async def everyone_asks_at_once(self) -> None:
        """Nobody is registered: Article 3."""
        self._tell.chapter(
            "Everyone asks for cloud resources at once (Art 3)",
            "No project is in the municipal system yet. Article 3 leaves no choice.",
        )
        await self._ask_all(self._projects, expect="refused", article="3")

    async def registration(self) -> None:
        """Registered, yet neither filed nor approved: Articles 27 and 6."""
        self._tell.chapter(
            "Registered, and asked again (Arts 27, 6)",
            "The bureau records each project's reference in the municipal system. Small projects"
            " are still unfiled (Art 27),\nlarge ones unapproved (Art 6).",
        )
        for number, project in enumerate(self._projects, start=1):
            await self._client.post(
                "intake",
                f"/projects/{project.id}/registration",
                "bureau",
                {"city_system_ref": f"320902-{self._today.year}-{number:04}"},
            )
        await self._gate_knows("city_system_ref", self._projects)
        filed = [project for project in self._projects if project.is_filed]
        full = [project for project in self._projects if not project.is_filed]
        await self._ask_all(filed, expect="refused", article="27")
        await self._ask_all(full, expect="refused", article="6")

    async def filing(self) -> None:
        """Three filings: one needs fiscal evaluation, one is irregular, one has a condition."""
        self._tell.chapter(
            "Filing (Arts 10, 26, 27)",
            "One filing needs the finance bureau's evaluation from 50万 on, one is found irregular"
            " and corrected,\none declares a condition of Article 26 and needs an exception.",
        )
        evaluated, irregular, conditional = sorted(
            (project for project in self._projects if project.is_filed),
            key=lambda project: project.budget_yuan or 0,
            reverse=True,
        )
        for project in (evaluated, irregular, conditional):
            conditions = _NO_CONDITION | {"no_shared_resources": project is conditional}
            filing = await self._client.post(
                "intake",
                f"/projects/{project.id}/filings",
                "unit",
                self._filing(conditions),
                unit=project.unit,
            )
            project.filing_id = filing["id"]
        lines = [
            self._problem(evaluated, "bureau", await self._accept_refused(evaluated)),
            await self._found_irregular(irregular),
            self._problem(conditional, "bureau", await self._accept_refused(conditional)),
        ]
        self._tell.table(lines)
        await approval.evaluate(self._client, evaluated)
        await self._client.post(
            "intake",
            f"/projects/{conditional.id}/exceptions",
            "bureau",
            {
                "rule": "filing_no_shared_resources",
                "reason": "办公软件更新不涉及系统部署，无需使用政务云。",
                "document": "区数据局会议纪要〔2026〕8号",
                "expires_on": (self._today + timedelta(days=365)).isoformat(),
            },
        )
        await self._client.post(
            "intake",
            f"/filings/{irregular.filing_id}/correction",
            "unit",
            self._filing(_NO_CONDITION),
            unit=irregular.unit,
        )
        await self._report_arrives(evaluated)
        for project in (evaluated, irregular, conditional):
            await self._client.post("intake", f"/filings/{project.filing_id}/acceptance", "bureau")
        await self._gate_knows("filing_status", (evaluated, irregular, conditional), "accepted")
        self._tell.say("The report is issued, the filing corrected, the exception recorded:")
        await self._ask_all((evaluated, irregular, conditional), expect="granted")

    async def approval(self) -> None:
        """The full-process track, from the annual plan to the approval."""
        full = [project for project in self._projects if not project.is_filed]
        self._tell.chapter(
            "Review and approval (Arts 6-11)",
            "Annual plan, pre-review, four departments, five drawn experts, fiscal evaluation,"
            " approval; then the same request is granted.",
        )
        await approval.fill_pool(self._client)
        await approval.adopt(self._client, full, self._today.year + 1)
        await asyncio.gather(
            *(approval.approve(self._client, p, self._today, n) for n, p in enumerate(full, 1))
        )
        await self._gate_knows("approval_number", full)
        await self._ask_all(full, expect="granted")

    async def beyond_the_plan(self) -> None:
        """More than the approved plan: Article 7."""
        self._tell.chapter(
            "More than was reviewed (Art 7)",
            "A request beyond the approved resource plan was never reviewed.",
        )
        project = self._full(0)
        answer = await self._ask(project, machines=9)
        self._expect(answer, "refused", "7")
        self._tell.table([self._answered(project, answer)])

    async def a_department_of_its_own_mind(self) -> None:
        """A plugin's rule refuses with its own citation."""
        self._tell.chapter(
            "A department's own rule",
            "One file in the plugins folder adds a refusal with the department's own citation;"
            " it cannot take one away.",
        )
        project = self._full(1)
        answer = await self._ask(project, machines=1, public_ips=6)
        self._expect(answer, "refused", "2")
        self._tell.table([self._answered(project, answer)])

    async def suspension(self) -> None:
        """A failed rectification suspends, after a person confirmed; clearance resumes."""
        self._tell.chapter(
            "Suspension and resumption (Art 29)",
            "A spot check orders a rectification; it fails. Nothing is switched off until a person"
            " of the bureau confirms.",
        )
        project = self._full(2)
        await self._cloud_is_done(project)
        order = await self._client.post(
            "intake",
            f"/projects/{project.id}/rectification-orders",
            "cyberspace",
            {"problem": "安全建设未落实：日志留存不足六个月。", "due_on": self._today.isoformat()},
        )
        await self._client.post(
            "intake",
            f"/rectification-orders/{order['id']}/failure",
            "cyberspace",
            {"reason": "期限届满，问题仍未整改。"},
        )

        async def in_state(state: str) -> bool:
            page = await self._client.get("cloud-alloc", "/suspension-orders?limit=200")
            return any(o["order_id"] == order["id"] and o["state"] == state for o in page["items"])

        await until("the gate proposes the suspension", lambda: in_state("proposed"))
        lines = [await self._state_line(project, "proposed")]
        await self._client.post(
            "cloud-alloc", f"/suspension-orders/{order['id']}/confirmation", "bureau"
        )
        lines.append(await self._state_line(project, "suspended"))
        answer = await self._ask(project, machines=1)
        self._expect(answer, "refused", "29")
        lines.append(self._answered(project, answer))
        await self._client.post(
            "intake",
            f"/rectification-orders/{order['id']}/clearance",
            "cyberspace",
            {"reason": "复查合格，整改到位。"},
        )
        await until("the gate learns of the clearance", lambda: in_state("cleared"))
        await self._client.post(
            "cloud-alloc", f"/suspension-orders/{order['id']}/resumption", "bureau"
        )
        lines.append(await self._state_line(project, "resumed"))
        answer = await self._ask(project, machines=1)
        self._expect(answer, "granted")
        lines.append(self._answered(project, answer))
        self._tell.table(lines)

    async def killed(self) -> None:
        """Kill -9 between an answer and its event: nothing is lost, nothing happens twice."""
        self._tell.chapter(
            "A service is killed with -9",
            "Intake is killed right after it answered, before its news can have travelled."
            " Started again, it goes on where it was.",
        )
        project = self._projects[-1]
        before = await self._client.get("cloud-alloc", f"/projects/{project.id}/standing")
        change = await self._client.post(
            "intake",
            f"/projects/{project.id}/changes",
            "unit",
            {"aspects": ["scale"], "description": "增加两个街道的部署点位。"},
            unit=project.unit,
        )
        await self._suite.kill("intake")
        self._tell.say(f"intake killed; change {change['id'][:8]} was answered with 201")
        await self._suite.start("intake")
        await self._client.post(
            "intake", f"/changes/{change['id']}/filing", "unit", unit=project.unit
        )

        async def caught_up() -> bool:
            standing = await self._client.get("cloud-alloc", f"/projects/{project.id}/standing")
            return bool(standing["positions"]["intake"] == before["positions"]["intake"] + 2)

        await until("the gate has seen both events once", caught_up)
        self._tell.say("intake started again; the gate has seen both of its events, once each")

    async def silence(self) -> None:
        """The gate answers with the others down, and says how old its knowledge is."""
        stopped = ("intake", "review", "acceptance", "archive")
        self._tell.chapter(
            "The gate alone",
            f"{', '.join(stopped)} are stopped. The gate still answers from what it knows.",
        )
        await asyncio.gather(*(self._suite.stop(service) for service in stopped))
        project = self._full(3)
        granted = await self._ask(project, machines=1)
        self._expect(granted, "granted")
        stranger = Project("（未申报的项目）", project.unit, "new", None, "")
        stranger.id = "00000000-0000-7000-8000-000000000000"
        refused = await self._ask(stranger, machines=1)
        self._expect(refused, "refused", "3")
        self._tell.table([self._answered(project, granted), self._answered(stranger, refused)])
        for source in (await self._client.get("cloud-alloc", "/knowledge", "portal"))["sources"]:
            moment = datetime.fromisoformat(source["as_of"]).astimezone(SHANGHAI)
            age = max(0, round((datetime.now(SHANGHAI) - moment).total_seconds()))
            self._tell.say(
                f"all that {source['source']} committed before {moment:%H:%M:%S} 北京时间 is known"
                f" ({age} s ago)"
            )
        await asyncio.gather(*(self._suite.start(service) for service in stopped))

    async def the_end_of_a_system(self) -> None:
        """Decommissioned: no new resources, and the old ones are given back."""
        self._tell.chapter(
            "Decommission and release (Art 34)",
            "A unit reports that its system is stopped; new requests are refused, and resources go"
            " back once data and assets are taken care of.",
        )
        project = self._full(4)
        await self._client.post(
            "intake",
            f"/projects/{project.id}/decommission-report",
            "unit",
            {"reason": "职能调整，业务并入市级平台。"},
            unit=project.unit,
        )
        await self._gate_knows("decommissioned_at", [project])
        answer = await self._ask(project, machines=1)
        self._expect(answer, "refused", "34")
        lines = [self._answered(project, answer)]
        granted = project.allocation_ids[0]
        body = {
            "reason": "系统停用",
            "data_handed_over": True,
            "data_wiped": False,
            "asset_ledger_updated": True,
        }
        path = f"/allocations/{granted}/release"
        problem = await self._client.refused("cloud-alloc", path, "portal", body)
        lines.append(self._line(project, "portal", "refused", "第34条", problem["detail"]))
        await self._client.post("cloud-alloc", path, "portal", body | {"data_wiped": True})
        lines.append(await self._state_line(project, "released"))
        self._tell.table(lines)

    async def proof(self) -> None:
        """The chain of decisions is whole, and the cloud was told each thing once."""
        self._tell.chapter(
            "Proof",
            "Every decision was chained into the log before its answer left.",
        )
        log = await self._client.get("cloud-alloc", "/decisions/verification")
        if log["first_broken"] is not None:
            raise UnexpectedAnswerError(f"the decision log is broken at {log['first_broken']}")
        self._tell.say(f"{log['links']} decisions, chain whole, head {log['head'][:20]}…")
        decisions = self._tell.granted + self._tell.refused
        self._tell.say(
            f"printed above: {self._tell.granted} granted, {self._tell.refused} refused"
            f" ({decisions} in all, filings and releases included)"
        )

    def _full(self, number: int) -> Project:
        return [project for project in self._projects if not project.is_filed][number]

    def _filing(self, conditions: dict[str, bool]) -> JSON:
        return {"internal_review_on": self._today.isoformat(), "conditions": conditions}

    async def _accept_refused(self, project: Project) -> JSON:
        return await self._client.refused(
            "intake", f"/filings/{project.filing_id}/acceptance", "bureau"
        )

    async def _found_irregular(self, project: Project) -> Line:
        await self._client.post(
            "intake",
            f"/filings/{project.filing_id}/irregularity",
            "bureau",
            {"reasons": ["测评范围与立项内容不一致"]},
        )
        await self._gate_knows("filing_status", [project], "irregular")
        answer = await self._ask(project, machines=2)
        self._expect(answer, "refused", "27")
        return self._answered(project, answer)

    async def _cloud_is_done(self, project: Project) -> None:
        async def active() -> bool:
            path = f"/allocations/{project.allocation_ids[0]}"
            return bool((await self._client.get("cloud-alloc", path))["state"] == "active")

        await until("the cloud has provisioned what was granted", active)

    async def _report_arrives(self, project: Project) -> None:
        async def arrived() -> bool:
            found = await self._client.get("intake", f"/projects/{project.id}")
            return found["fiscal_report"] is not None

        await until("intake learns of the fiscal evaluation report", arrived)

    async def _gate_knows(
        self, name: str, projects: Sequence[Project], value: str | None = None
    ) -> None:
        async def known() -> bool:
            found = [
                (await self._client.get("cloud-alloc", f"/projects/{project.id}/standing"))[name]
                for project in projects
            ]
            return all(each == value if value else each is not None for each in found)

        await until(f"the gate knows {name} of {len(projects)} projects", known)

    async def _ask_all(
        self, projects: Sequence[Project], *, expect: str, article: str | None = None
    ) -> None:
        answers = await asyncio.gather(*(self._ask(project, machines=2) for project in projects))
        for answer in answers:
            self._expect(answer, expect, article)
        self._tell.table(
            [self._answered(p, answer) for p, answer in zip(projects, answers, strict=True)]
        )

    async def _ask(self, project: Project, *, machines: int, public_ips: int = 0) -> JSON:
        ends = date(self._today.year + 2, 12, 31)
        body = project.request(
            machines,
            today=self._today.isoformat(),
            until=ends.isoformat(),
            public_ips=public_ips,
        )
        answer = await self._client.post("cloud-alloc", "/allocations", "portal", body)
        if answer["decision"]["outcome"] == "allowed":
            project.allocation_ids.append(answer["id"])
        return answer

    def _expect(self, answer: JSON, outcome: str, article: str | None = None) -> None:
        decision = answer["decision"]
        found = "granted" if decision["outcome"] == "allowed" else "refused"
        blocking = [f for f in decision["findings"] if f["severity"] == "block"]
        articles = [f["article"] for f in blocking if f["lifted_by"] is None]
        if found != outcome or (article is not None and article not in articles):
            raise UnexpectedAnswerError(
                f"expected {outcome} by article {article}, got {found} by {articles}"
            )

    def _answered(self, project: Project, answer: JSON) -> Line:
        decision = answer["decision"]
        if decision["outcome"] == "refused":
            articles, sentence = cited(decision["findings"])
            return self._line(project, "portal", "refused", articles, sentence)
        lifted = [f for f in decision["findings"] if f["lifted_by"] is not None]
        note = "".join(
            f"所涉第{f['article']}条情形，已经{f['lifted_by']['document']}同意作例外处理。"
            for f in lifted
        )
        return self._line(project, "portal", "granted", "", f"准予分配。{note}")

    def _problem(self, project: Project, who: str, problem: JSON) -> Line:
        articles, sentence = cited(problem["findings"])
        return self._line(project, who, "refused", articles, sentence)

    async def _state_line(self, project: Project, outcome: str) -> Line:
        allocation = await self._client.get(
            "cloud-alloc", f"/allocations/{project.allocation_ids[0]}"
        )
        words = {
            "granted": "资源已准予分配。",
            "active": "资源正常使用。",
            "suspended": "资源使用权已暂停。",
            "released": "资源已释放。",
        }
        return self._line(project, "bureau", outcome, "", words[allocation["state"]])

    def _line(self, project: Project, who: str, outcome: str, articles: str, sentence: str) -> Line:
        track = "" if not project.track else Track(project.track).zh
        return Line(project.name, project.budget_yuan, track, who, outcome, articles, sentence)
