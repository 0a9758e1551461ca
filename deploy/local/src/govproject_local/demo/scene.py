"""Where a chapter plays: the suite, its projects, what is asked of it and what is printed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from govproject.clock import SHANGHAI
from govproject.terms import Track
from govproject_local.demo.cast import Project, sample_projects
from govproject_local.demo.client import JSON, Client, UnexpectedAnswerError, until
from govproject_local.demo.transcript import Line, Transcript, cited
from govproject_local.suite import Suite


@dataclass(frozen=True)
class Scene:
    """Each chapter leaves the projects where the next one needs them."""

    suite: Suite
    client: Client
    tell: Transcript
    projects: list[Project] = field(default_factory=sample_projects)
    today: date = field(default_factory=lambda: datetime.now(SHANGHAI).date())

    def full(self, number: int) -> Project:
        """A project of the full-process track, in order of the sample file."""
        return [project for project in self.projects if not project.is_filed][number]

    async def cloud_is_done(self, project: Project) -> None:
        """Wait until the first granted machines run."""

        async def active() -> bool:
            path = f"/allocations/{project.allocation_ids[0]}"
            return bool((await self.client.get("cloud-alloc", path))["state"] == "active")

        await until("the cloud has provisioned what was granted", active)

    async def gate_knows(
        self, name: str, projects: Sequence[Project], value: str | None = None
    ) -> None:
        """Wait until the gate has heard something of the projects."""

        async def known() -> bool:
            found = [
                (await self.client.get("cloud-alloc", f"/projects/{project.id}/standing"))[name]
                for project in projects
            ]
            return all(each == value if value else each is not None for each in found)

        await until(f"the gate knows {name} of {len(projects)} projects", known)

    async def ask_all(
        self, projects: Sequence[Project], *, expect: str, article: str | None = None
    ) -> None:
        """Ask the gate for all of them at once, and print the answers."""
        answers = await asyncio.gather(*(self.ask(project, machines=2) for project in projects))
        for answer in answers:
            self.expect(answer, expect, article)
        self.tell.table(
            [self.answered(p, answer) for p, answer in zip(projects, answers, strict=True)]
        )

    async def ask(self, project: Project, *, machines: int, public_ips: int = 0) -> JSON:
        """Ask the gate for machines."""
        ends = date(self.today.year + 2, 12, 31)
        body = project.request(
            machines,
            today=self.today.isoformat(),
            until=ends.isoformat(),
            public_ips=public_ips,
        )
        answer = await self.client.post("cloud-alloc", "/allocations", "portal", body)
        if answer["decision"]["outcome"] == "allowed":
            project.allocation_ids.append(answer["id"])
        return answer

    def expect(self, answer: JSON, outcome: str, article: str | None = None) -> None:
        """Raise UnexpectedAnswerError unless the gate answered so, by this article."""
        decision = answer["decision"]
        found = "granted" if decision["outcome"] == "allowed" else "refused"
        blocking = [f for f in decision["findings"] if f["severity"] == "block"]
        articles = [f["article"] for f in blocking if f["lifted_by"] is None]
        if found != outcome or (article is not None and article not in articles):
            raise UnexpectedAnswerError(
                f"expected {outcome} by article {article}, got {found} by {articles}"
            )

    def answered(self, project: Project, answer: JSON) -> Line:
        """A line of the gate's answer."""
        decision = answer["decision"]
        if decision["outcome"] == "refused":
            articles, sentence = cited(decision["findings"])
            return self.line(project, "portal", "refused", articles, sentence)
        lifted = [f for f in decision["findings"] if f["lifted_by"] is not None]
        note = "".join(
            f"所涉第{f['article']}条情形，已经{f['lifted_by']['document']}同意作例外处理。"
            for f in lifted
        )
        return self.line(project, "portal", "granted", "", f"准予分配。{note}")

    def problem(self, project: Project, who: str, problem: JSON) -> Line:
        """A line of a refusal by rules."""
        articles, sentence = cited(problem["findings"])
        return self.line(project, who, "refused", articles, sentence)

    async def state_line(self, project: Project, outcome: str) -> Line:
        """A line of the state that the project's first machines are in."""
        allocation = await self.client.get(
            "cloud-alloc", f"/allocations/{project.allocation_ids[0]}"
        )
        words = {
            "granted": "资源已准予分配。",
            "active": "资源正常使用。",
            "suspended": "资源使用权已暂停。",
            "released": "资源已释放。",
        }
        return self.line(project, "bureau", outcome, "", words[allocation["state"]])

    def line(self, project: Project, who: str, outcome: str, articles: str, sentence: str) -> Line:
        """A line of the table."""
        track = "" if not project.track else Track(project.track).zh
        return Line(project.name, project.budget_yuan, track, who, outcome, articles, sentence)
