"""No meeting is decided on incomplete or old knowledge (0004)."""

from datetime import timedelta


def test_no_meeting_while_an_event_waits(before_final, events, bodies):
    """The change is lost on its way, its filing waits for it: is there an unfiled one or not?"""
    before_final.arrival(events.change())
    before_final.tell(events.change_filed())
    problem = before_final.refused("final-rounds", bodies.final())
    assert before_final.rules(problem) == ["acceptance_knowledge_is_complete"]
    (finding,) = problem["findings"]
    assert (finding["article"], finding["fact"]) == ("28", {"backlog": 1})
    assert "稍后重试" in finding["remedy"]


def test_no_meeting_on_old_knowledge(built, bodies, clock):
    built.hear()
    built.hears = False
    clock.now += timedelta(hours=24, minutes=1)
    problem = built.refused("preliminary-rounds", bodies.preliminary())
    assert built.rules(problem) == ["acceptance_knowledge_is_current"]
    assert problem["findings"][0]["fact"]["knowledge_age_minutes"] == 1441
    built.hears = True
    assert built.do("preliminary-rounds", bodies.preliminary())["passed"] is True


def test_no_meeting_before_anything_was_heard(acceptance, events, bodies):
    acceptance.hears = False
    acceptance.tell(events.declared(), events.approved(), events.contract())
    acceptance.fix_indicators()
    problem = acceptance.refused("preliminary-rounds", bodies.preliminary())
    assert acceptance.rules(problem) == ["acceptance_knowledge_is_current"]
