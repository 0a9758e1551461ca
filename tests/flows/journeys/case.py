"""One project on its way, and everybody who has to do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from govproject.clock import SHANGHAI
from govproject_local import documents

from .calendar import Calendar

SERVICES = ("intake", "review", "acceptance", "archive", "cloud-alloc")
PLAN = {"vcpus": 32, "memory_gib": 128, "storage_gib": 4096}


def blocking(decision: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a decision, or of a problem document, that refuse."""
    return [f for f in decision["findings"] if f["severity"] == "block" and f["lifted_by"] is None]


@dataclass
class Case:
    """A project; `do` and `see` are calls that must succeed, `refused` one that must not.

    A path is below the project unless it begins with a slash.
    """

    people: Any
    calendar: Calendar
    unit: str
    name: str
    budget_yuan: Decimal
    kind: str = "new"
    id: str = ""
    approval_number: str = ""

    @property
    def today(self) -> str:
        return self.calendar.today.isoformat()

    def day(self, years: int, month: int, day: int) -> None:
        """Wait until a day, so many years after this one."""
        self.calendar.go_to(date(self.calendar.today.year + years, month, day))

    def ago(self, days: int) -> str:
        return (self.calendar.today - timedelta(days=days)).isoformat()

    def call(self, method: str, service: str, path: str, who: str, body: Any, **more: Any) -> Any:
        path = path if path.startswith("/") else f"/projects/{self.id}/{path}".rstrip("/")
        unit = {"unit": self.unit} if who == "unit" else {}
        return self.people.call(method, service, path, who, body, **{**unit, **more})

    def do(
        self, service: str, path: str, body: Any = None, who: str = "unit", method: str = "POST"
    ) -> Any:
        answer = self.call(method, service, path, who, body)
        assert answer.is_success, f"{path} as {who}: {answer.status_code} {answer.text}"
        return answer.json()

    def see(self, service: str, path: str = "", who: str = "unit") -> Any:
        return self.do(service, path, who=who, method="GET")

    def problem(
        self, service: str, path: str, code: str, body: Any = None, who: str = "unit"
    ) -> Any:
        """A step that cannot be taken; the answer says why, in Chinese."""
        answer = self.call("POST", service, path, who, body)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem = answer.json()
        assert problem["code"] == code, problem
        assert any("\u4e00" <= letter <= "\u9fff" for letter in problem["detail"])
        return problem

    def refused(
        self, service: str, path: str, body: Any = None, who: str = "unit"
    ) -> list[tuple[str, str]]:
        """A step that the regulation refuses; answers with article and rule of each finding."""
        found = blocking(self.problem(service, path, "refused", body, who))
        assert all(finding["remedy"] for finding in found)
        return [(finding["article"], finding["rule"]) for finding in found]

    def hidden_from_others(self, service: str) -> None:
        """Another unit sees nothing of the project."""
        answer = self.call("GET", service, "", "unit", None, unit="亭湖区另一单位")
        assert answer.status_code == 403, answer.text

    def until(self, service: str, path: str, told: Callable[[Any], Any], who: str = "unit") -> Any:
        """Wait until news has come to a service; answers with what it then shows."""

        def shown() -> Any:
            answer = self.call("GET", service, path, who, None)
            return answer.json() if answer.is_success and told(answer.json()) else None

        return self.people.until(shown)

    def do_once_heard(self, service: str, path: str, body: Any, who: str = "unit") -> Any:
        """A step that is refused until news has come to the service; it then succeeds."""

        def done() -> Any:
            answer = self.call("POST", service, path, who, body)
            return answer.json() if answer.is_success else None

        return self.people.until(done)

    def upload(self, service: str, name: str, content: bytes | None = None) -> str:
        """Hand a file in; without content, a page of text."""
        if content is None:
            content = documents.word([(1, name), (0, f"{self.name}：{name}，详见附件。")])
        answer = self.people.http.post(
            f"{self.people.suite.url(service)}/api/v1/files",
            params={"name": f"{name.removesuffix('.docx')}.docx" if "." not in name else name},
            content=content,
            headers={"Authorization": f"Bearer {self.people.suite.token('unit', self.unit)}"},
        )
        assert answer.is_success, f"{name}: {answer.status_code} {answer.text}"
        return str(answer.json()["id"])

    def hears(self, service: str) -> None:
        """Wait until a service has heard of today from all that it follows."""
        today = datetime.combine(self.calendar.today, datetime.min.time(), SHANGHAI)

        def is_current(view: Any) -> bool:
            moments = [each["as_of"] for each in view["knowledge"]]
            return all(each and datetime.fromisoformat(each) >= today for each in moments)

        self.until(service, "next-step", is_current)

    def ask(self, machines: int = 1, who: str = "portal") -> Any:
        """Ask the gate for machines of 8 vCPU, once it has heard of today."""
        today = datetime.combine(self.calendar.today, datetime.min.time(), SHANGHAI)

        def is_current(known: Any) -> bool:
            moments = [each["as_of"] for each in known["sources"]]
            return all(each and datetime.fromisoformat(each) >= today for each in moments)

        self.until("cloud-alloc", "/knowledge", is_current)
        body = self.people.request(self.id, machines) | {
            "starts_on": self.today,
            "ends_on": f"{self.calendar.today.year + 3}-12-31",
        }
        return self.do("cloud-alloc", "/allocations", body, who)

    def turned_down(self, machines: int = 1) -> list[str]:
        """Ask the gate and be refused; answers with the articles, each with a remedy."""
        answer = self.ask(machines)
        assert (answer["state"], answer["decision"]["outcome"]) == ("refused", "refused"), answer
        found = blocking(answer["decision"])
        assert all(finding["message"] and finding["remedy"] for finding in found)
        return [finding["article"] for finding in found]

    def granted(self, machines: int = 1) -> Any:
        """Ask the gate and be given; answers with the allocation once the cloud has it."""
        answer = self.ask(machines)
        assert answer["decision"]["outcome"] == "allowed", answer["decision"]
        return self.until(
            "cloud-alloc", f"/allocations/{answer['id']}", lambda a: a["state"] == "active"
        )
