"""The expert pool, as the bureau keeps it for drawing (Art 10)."""

from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.names import plain
from govproject.web.paging import Page, Paging, paginate
from govproject_review import repository
from govproject_review.expertise import AddExpert, DeclareConflicts, ExpertView, GiveAccount
from govproject_review.handlers.corrections import kept_with
from govproject_review.tables import EarlierEntry, Expert


def add(session: Session, context: Context, command: AddExpert) -> ExpertView:
    """Add an expert to the pool, or take back one who has retired.

    Raises:
        Conflict: an expert of that name and employer is there already, or of that account.
    """
    known = repository.expert_named(session, command.name, command.employer)
    if known is None:
        expert = admit(session, context, command)
    elif known.retired_at is None:
        raise Conflict("expert_exists", "专家库中已有同名且同单位的专家，请核对。")
    else:
        expert = _take_back(session, context, known, command)
    return _view(session, expert)


def admit(session: Session, context: Context, command: AddExpert) -> Expert:
    """The same for an expert who is known not to be there. Raises Conflict."""
    _must_be_free(session, command.account)
    now = context.now()
    expert = Expert(
        id=new_id(),
        added_at=now,
        recorded_by=context.caller.subject,
        recorded_at=now,
        **dict(command),
    )
    session.add(expert)
    return expert


def browse(session: Session, context: Context, paging: Paging) -> Page[ExpertView]:
    """The pool, retired experts included."""
    return paginate(
        session,
        select(Expert),
        key=col(Expert.id),
        paging=paging,
        view=lambda expert: _view(session, expert),
    )


def declare_conflicts(
    session: Session, context: Context, expert_id: UUID, command: DeclareConflicts
) -> ExpertView:
    """Replace an expert's declared conflicts; draws that were made keep what was known then.

    Those before are kept. To declare the same once more changes nothing.

    Raises:
        Invalid: one is withdrawn, and no reason is given.
    """
    expert = repository.expert(session, expert_id)
    withdrawn = [
        each for each in expert.declared_conflicts if each not in command.declared_conflicts
    ]
    if withdrawn and command.because is None:
        raise Invalid(
            "correction_unreasoned",
            f"撤销已声明的利害关系“{withdrawn[0]}”须写明理由（because）；原声明保留，供各方查看。",
        )
    if command.declared_conflicts != expert.declared_conflicts:
        _keep_as_it_stood(session, context, expert, command.because or "补充利害关系声明")
        expert.declared_conflicts = command.declared_conflicts
    return _view(session, expert)


def give_account(
    session: Session, context: Context, expert_id: UUID, command: GiveAccount
) -> ExpertView:
    """Give an expert another account to sign with; what was signed stays signed.

    To give the present one once more changes nothing.

    Raises:
        Conflict: it is another expert's.
    """
    expert = repository.expert(session, expert_id)
    if plain(command.account) != plain(expert.account):
        _must_be_free(session, command.account)
    if command.account != expert.account:
        _keep_as_it_stood(session, context, expert, "更改登录账号")
        expert.account = command.account
    return _view(session, expert)


def retire(session: Session, context: Context, expert_id: UUID) -> ExpertView:
    """Take an expert out of the pool; past draws stay as they were.

    Raises:
        Conflict: the expert is retired already.
    """
    expert = repository.expert(session, expert_id)
    if expert.retired_at is not None:
        raise Conflict("already_retired", "该专家已退出专家库。")
    _keep_as_it_stood(session, context, expert, "退出专家库")
    expert.retired_at = context.now()
    return _view(session, expert)


def _take_back(session: Session, context: Context, expert: Expert, command: AddExpert) -> Expert:
    """What was declared before stays declared: it is withdrawn one by one."""
    _must_be_free(session, command.account)
    _keep_as_it_stood(session, context, expert, "重新入库")
    declared = dict.fromkeys((*expert.declared_conflicts, *command.declared_conflicts))
    expert.account, expert.fields = command.account, command.fields
    expert.declared_conflicts, expert.retired_at = list(declared), None
    return expert


def _keep_as_it_stood(session: Session, context: Context, expert: Expert, because: str) -> None:
    kept = kept_with(context, because)
    session.add(EarlierEntry(expert_id=expert.id, **dict(expert), **kept))
    expert.revision += 1
    expert.recorded_by, expert.recorded_at = kept["superseded_by"], kept["superseded_at"]


def _view(session: Session, expert: Expert) -> ExpertView:
    earlier = repository.earlier_entries(session, expert.id)
    return ExpertView.model_validate({**dict(expert), "earlier": list(map(dict, earlier))})


def _must_be_free(session: Session, account: str) -> None:
    """An account is one person, and one person is one expert (Art 10)."""
    owner = repository.expert_with_account(session, account)
    if owner is not None:
        raise Conflict(
            "account_taken",
            f"登录账号{account}已由专家{owner.name}（{owner.employer}）使用；"
            "专家评审人数按人计算（第10条），请为每位专家登记本人账号。",
            expert_id=str(owner.id),
        )
