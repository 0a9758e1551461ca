"""The gate on stored projects, asked in advance or looked up afterwards."""

import pytest

from govproject.gates import ACCEPTANCE


def ask(acceptance, as_="bureau", unit=None):
    asked = {"project_id": str(acceptance.project)}
    return acceptance.post("/checks/acceptance", asked, as_, unit=unit)


def test_the_answer_is_that_of_the_page(in_trial):
    answer, page = ask(in_trial).json(), in_trial.view()["next_step"]["decision"]
    assert answer == page
    assert answer["outcome"] == "refused"


def test_an_accepted_project_is_asked_about_its_last_meeting(accepted):
    answer = ask(accepted).json()
    recorded = accepted.view()["final_rounds"][-1]["decision"]
    assert answer["outcome"] == "allowed"
    assert answer["facts_digest"] == recorded["facts_digest"]


def test_asking_changes_nothing(before_final):
    before = before_final.stored()
    assert ask(before_final).status_code == 200
    assert before_final.stored() == before


def test_facts_may_be_given_instead(acceptance):
    facts = ACCEPTANCE.facts.example().model_dump(mode="json")
    answer = acceptance.post("/checks/acceptance", {"facts": facts}, "unit")
    assert (answer.status_code, answer.json()["outcome"]) == (200, "allowed")


@pytest.mark.parametrize(("unit", "status"), [("亭湖区教育局", 200), ("亭湖区民政局", 403)])
def test_a_unit_asks_about_its_own(built, unit, status):
    assert ask(built, "unit", unit=unit).status_code == status


def test_an_unknown_project(acceptance):
    answer = ask(acceptance)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_rule_pack_of_the_declaration_is_kept(built):
    assert ask(built).json()["rule_pack"] == "tinghu-2025"
    assert built.view()["rule_pack"] == "tinghu-2025"
