"""What the experts of a final look at, and the opinion they form (Art 19)."""

from uuid import UUID

import pytest


class TestOpinion:
    """The opinion is that of all experts: signed by each, and saying what who is against thinks."""

    def test_everybody_signs(self, before_final, bodies):
        experts = bodies.experts(3)
        del experts[1]["signed"]
        problem = before_final.refused("final-rounds", bodies.final(experts=experts))
        assert before_final.rules(problem) == ["final_opinion"]
        assert "专家1" in problem["findings"][0]["message"]

    def test_who_is_against_says_why_and_it_is_kept(self, before_final, bodies):
        experts = bodies.experts(3, against=1)
        silent = [experts[0] | {"dissent": None}, *experts[1:]]
        problem = before_final.refused("final-rounds", bodies.final(experts=silent))
        assert before_final.rules(problem) == ["final_opinion"]
        view = before_final.do("final-rounds", bodies.final(experts=experts))
        assert view["passed"] is True
        assert [e["dissent"] for e in view["experts"]] == ["性能未达标", None, None]


class TestMaterials:
    @pytest.mark.parametrize(
        ("there", "missing"),
        [
            ((), ["self_evaluation", "presentation", "documents"]),
            (("documents", "self_evaluation"), ["presentation"]),
        ],
    )
    def test_without_them_there_is_no_meeting(self, in_trial, bodies, there, missing):
        file_id = in_trial.handed_in()
        for kind in there:
            in_trial.do("final-materials", {"kind": kind, "file_id": file_id})
        problem = in_trial.refused("final-rounds", bodies.final())
        (finding,) = [f for f in problem["findings"] if f["rule"] == "final_materials"]
        assert finding["fact"] == {"missing": missing}

    def test_they_are_shown_with_their_file(self, built):
        file_id = built.handed_in()
        view = built.do("final-materials", {"kind": "documents", "file_id": file_id})
        assert (view["paper"]["file_id"], view["paper"]["name"]) == (file_id, "材料.docx")
        assert built.view()["final_materials"] == [view]

    def test_a_file_that_nobody_handed_in_is_none(self, built):
        body = {"kind": "documents", "file_id": str(UUID(int=5))}
        built.refused("final-materials", body, "file_unknown")

    def test_nor_is_another_units(self, built):
        body = {"kind": "documents", "file_id": built.handed_in("亭湖区民政局")}
        built.refused("final-materials", body, "not_your_unit")
