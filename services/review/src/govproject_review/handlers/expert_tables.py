"""The expert pool as a table: sent on, and taken in (Art 10)."""

from typing import Any, BinaryIO

from sqlmodel import Session

from govproject.context import Context
from govproject.exchange.cells import on_day
from govproject.exchange.importing import BadRow, apply
from govproject.exchange.reading import Table, TableRow
from govproject.exchange.results import ImportView, Outcome
from govproject.exchange.writing import Sheet, write
from govproject.names import person, plain
from govproject_review import repository
from govproject_review.columns import EXPERTS
from govproject_review.expertise import AddExpert, DeclareConflicts
from govproject_review.handlers import experts
from govproject_review.tables import Expert

_KNOWN = {column.field: column for column in EXPERTS}


def export(session: Session, context: Context) -> BinaryIO:
    """The whole pool, retired experts included."""
    rows = (_row(expert) for expert in repository.experts(session))
    note = f"数据截至{context.today():%Y年%m月%d日}"
    return write(Sheet("专家库", "评审专家库", EXPERTS, rows, (note,)))


def take_in(session: Session, context: Context, table: Table, skip_bad: bool) -> ImportView:
    """Add the experts who are new, and declare further conflicts of those who are known.

    Raises:
        Invalid: `rows_invalid`, an expert is there twice, or is known otherwise.
    """
    pool = repository.experts(session)
    known = {_key(each.name, each.employer): each for each in pool}
    as_written = {(plain(each.name), plain(each.employer)): each for each in pool}
    rows: dict[object, TableRow] = {}

    def one(row: TableRow) -> Outcome:
        name, employer = row.values["name"], row.values["employer"]
        key = _key(name, employer)
        expert = as_written.get((plain(name), plain(employer))) or known.get(key)
        earlier = rows.setdefault(expert.id if expert else key, row)
        if earlier is not row:
            raise BadRow(
                f"与工作表“{earlier.sheet}”第{earlier.number}行是同一位专家，"
                "兼有几个专业领域的请写在同一行",
                "name",
            )
        if expert is not None:
            return _update(session, context, expert, row)
        _add(session, context, row)
        return Outcome.ADDED

    return apply(table, one, skip_bad=skip_bad)


def _add(session: Session, context: Context, row: TableRow) -> None:
    if row.values.get("retired_on") is not None:
        raise BadRow("已出库的专家不能入库", "retired_on")
    given = {name: row.values[name] for name in ("name", "employer", "account", "fields")}
    conflicts = row.values.get("declared_conflicts") or []
    if repository.expert_with_account(session, given["account"]) is not None:
        raise BadRow("该登录账号已由专家库中另一位专家使用", "account")
    experts.admit(session, context, AddExpert(**given, declared_conflicts=conflicts))


def _update(session: Session, context: Context, expert: Expert, row: TableRow) -> Outcome:
    """A conflict is declared in addition; what else differs is for people to look at."""
    stored = _row(expert)
    for about in ("account", "fields", "retired_on"):
        if about in row.values and _comparable(row.values[about]) != _comparable(stored[about]):
            raise BadRow(f"与专家库不一致：库中为{_shown(about, stored[about])}", about)
    given = row.values.get("declared_conflicts", expert.declared_conflicts) or []
    withdrawn = [each for each in expert.declared_conflicts if each not in given]
    if withdrawn:
        raise BadRow(
            f"缺少已声明的利害关系“{withdrawn[0]}”，撤销声明须逐人办理", "declared_conflicts"
        )
    if len(given) == len(expert.declared_conflicts):
        return Outcome.UNCHANGED
    if expert.retired_at is not None:
        raise BadRow("该专家已退出专家库", "name")
    experts.declare_conflicts(
        session, context, expert.id, DeclareConflicts(declared_conflicts=given)
    )
    return Outcome.CHANGED


def _row(expert: Expert) -> dict[str, Any]:
    return {
        **expert.model_dump(),
        "added_on": expert.added_at,
        "retired_on": on_day(expert.retired_at) if expert.retired_at else None,
    }


def _key(name: str, employer: str) -> tuple[str, str]:
    """张　三 and 张三（办公室） of one employer are one expert."""
    return person(name), plain(employer)


def _comparable(value: object) -> object:
    return set(value) if isinstance(value, list) else value


def _shown(about: str, value: object) -> str:
    return "空" if value is None else str(_KNOWN[about].kind.show(value))
