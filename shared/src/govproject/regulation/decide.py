"""From facts to a decision: ask every rule, deny by default, apply the bureau's recorded acts.

A rule that raises, answers with something else or takes too long is a refusing finding, never an
allow: the missing answer costs the request, and the finding names the plugin.
"""

import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

import structlog
from cryptography.hazmat.primitives import hashes

from govproject.facts import Facts
from govproject.gates import ALLOCATION, Gate
from govproject.plugins import Check, Plugins
from govproject.regulation.findings import MOST_FINDINGS, Decision, Finding
from govproject.regulation.pack import RulePack
from govproject.terms import ReliefKind

DEADLINE_SECONDS = 2.0
NO_ANSWER = "no_answer."
"""What the name of a finding begins with when a rule gave no usable answer."""

log = structlog.get_logger(__name__)

OnFailure = Callable[[Check, str], None]


def decide(
    plugins: Plugins,
    gate: Gate[Facts],
    facts: Facts,
    *,
    pack: RulePack,
    at: datetime,
    asked: Callable[[Check], bool] | None = None,
    on_failure: OnFailure | None = None,
) -> Decision:
    """Ask every rule of the gate and answer with all findings, ordered by article.

    Args:
        plugins: the loaded rules.
        gate: the question.
        facts: what is known.
        pack: the thresholds under which the project started.
        at: the moment of the decision.
        asked: which rules, if not all of them.
        on_failure: told of each rule that gave no usable answer, and why.
    """
    checks = [each for each in plugins.checks(gate.hook) if asked is None or asked(each)]
    findings = [
        finding for check in checks for finding in _answer(gate, check, facts, pack, on_failure)
    ]
    if not checks:
        findings.append(_no_answer(gate, gate.name, "没有加载任何规则", may_decide=False))
    findings = [_with_relief(finding, facts) for finding in findings]
    findings.sort(key=_article_order)
    refused = any(f.severity == "block" and f.lifted_by is None for f in findings)
    return Decision(
        gate=gate.name,
        outcome="refused" if refused else "allowed",
        findings=tuple(findings),
        rule_pack=pack.version,
        evaluated_at=at,
        facts_digest=digest(facts),
        reliefs=tuple(relief for relief in facts.reliefs if relief.holds(facts.today)),
    )


def digest(facts: Facts) -> str:
    """SM3 over the facts' canonical JSON (GB/T 32905-2016), to prove what was decided on."""
    canonical = json.dumps(
        facts.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(canonical.encode())
    return f"sm3:{sm3.finalize().hex()}"


def _answer(
    gate: Gate[Facts], check: Check, facts: Facts, pack: RulePack, on_failure: OnFailure | None
) -> tuple[Finding, ...]:
    started = time.monotonic()
    try:
        answer = check.function(**_given(check, facts, pack))
        answered = tuple(islice(answer, MOST_FINDINGS + 1))
        if not all(isinstance(finding, Finding) for finding in answered):
            return _failed(gate, check, "答复中含有非Finding对象", on_failure)
        findings = tuple(_as_kept(finding) for finding in answered)
    # A rule that fails must refuse, whatever it raised, and must not end the service either: even
    # KeyboardInterrupt or CancelledError come from nobody else in a worker thread.
    except BaseException as error:
        log.exception("rule failed", plugin=check.plugin, rule=check.rule)
        return _failed(gate, check, f"{type(error).__name__}: {error}", on_failure)
    if len(findings) > MOST_FINDINGS:
        return _failed(gate, check, f"答复超过{MOST_FINDINGS}条", on_failure)
    if time.monotonic() - started > DEADLINE_SECONDS:
        # What it found still counts: a late refusal must not become easier to lift.
        return (*findings, *_failed(gate, check, f"超过{DEADLINE_SECONDS:g}秒未答复", on_failure))
    return findings


def _given(check: Check, facts: Facts, pack: RulePack) -> dict[str, Any]:
    if not check.is_built_in:
        # Frozen is not immutable: what a department's rule changes is its own copy.
        facts, pack = facts.model_copy(deep=True), pack.model_copy(deep=True)
    given = {"facts": facts, "pack": pack}
    return {name: given[name] for name in check.arguments}


def _as_kept(finding: Finding) -> Finding:
    """The finding as it is stored and sent: JSON, every field checked, lifted by no rule itself.

    Raises:
        ValueError: it cannot be stored.
    """
    said = finding.model_dump(mode="json", exclude={"lifted_by"}, warnings=False)
    return Finding.model_validate_json(json.dumps(said))


def _failed(
    gate: Gate[Facts], check: Check, why: str, on_failure: OnFailure | None
) -> tuple[Finding, ...]:
    if on_failure is not None:
        on_failure(check, why)
    # Only the cloud gate keeps the bureau's decisions, and none on a built-in rule that fails.
    may_decide = gate is ALLOCATION and not check.is_built_in
    missing = _no_answer(gate, f"{check.plugin}.{check.rule}", why, may_decide=may_decide)
    if check.info is None:
        return (missing,)
    citation = check.info.citation
    return (
        missing.model_copy(
            update={
                # A built-in rule that fails is no easier to lift than its refusal.
                "relief": check.info.relief if check.is_built_in else ReliefKind.BUREAU_DECISION,
                "source": citation.source,
                "article": citation.article,
                "clause": citation.clause,
                "quote": citation.quote,
            }
        ),
    )


def _no_answer(gate: Gate[Facts], rule: str, why: str, *, may_decide: bool) -> Finding:
    return Finding(
        rule=f"{NO_ANSWER}{rule}",
        source=gate.citation.source,
        article=gate.citation.article,
        clause=gate.citation.clause,
        quote=gate.citation.quote,
        severity="block",
        relief=ReliefKind.BUREAU_DECISION,
        message=f"规则“{rule}”未能给出结论，暂按不予通过处理。",
        fact={"rule": rule, "reason": why},
        remedy=(
            "请联系区数据局运维人员排查该规则，或由区数据局作出书面决定。"
            if may_decide
            else "请联系区数据局运维人员排查该规则，排除故障后重新办理。"
        ),
    )


def _with_relief(finding: Finding, facts: Facts) -> Finding:
    for relief in facts.reliefs:
        if relief.lifts(finding, facts.today):
            message = f"{finding.message}（{relief.named}）"
            return finding.model_copy(update={"lifted_by": relief, "message": message})
    return finding


def _article_order(finding: Finding) -> tuple[bool, int, str]:
    number = re.match(r"\d+", finding.article)
    return (number is None, int(number[0]) if number else 0, finding.rule)
