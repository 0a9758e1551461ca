"""The three gates of acceptance with all their rules."""

from datetime import datetime

import pytest

from govproject.clock import SHANGHAI
from govproject.gates import ACCEPTANCE, EVALUATION, OPERATION
from govproject.plugins import load
from govproject.regulation.decide import decide
from govproject.regulation.pack import pack
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules import MODULES

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)


def ask(gate, **facts: object):
    rules = load(MODULES, installed=False)
    return decide(rules, gate, gate.facts.example(**facts), pack=pack("tinghu-2025"), at=NOW)


@pytest.mark.parametrize("gate", [ACCEPTANCE, OPERATION, EVALUATION], ids=lambda gate: gate.name)
def test_the_example_breaks_no_rule(gate):
    assert ask(gate).findings == ()


@pytest.mark.parametrize("stage", AcceptanceStage)
def test_nor_does_it_at_another_step(stage):
    assert ask(ACCEPTANCE, stage=stage).findings == ()


@pytest.mark.parametrize("stage", [AcceptanceStage.KICK_OFF, AcceptanceStage.LOT])
def test_what_final_acceptance_asks_is_not_asked_of_a_lot_or_at_the_start(stage):
    bare = {
        "stage": stage,
        "plans": (),
        "participants": (),
        "preliminary_passed_on": None,
        "trial_started_on": None,
        "trial_ended_on": None,
        "test_report": None,
        "guidance_recorded": False,
        "archive_check_passed": False,
        "final_materials": (),
        "external_experts": 0,
        "votes_in_favour": None,
        "vetoes": {},
        "must_fix_open": 1,
        "trial_problems_open": 1,
        "lots": 2,
        "lots_not_accepted": ("盐城软件公司",),
    }
    assert ask(ACCEPTANCE, **bare).allowed
    refused = ask(ACCEPTANCE, **bare, approved=False)
    assert [f.rule for f in refused.blocking] == ["no_build_before_approval"]
