"""What the experts of a final look at, and the opinion they form (Art 19)."""

import io
from uuid import UUID

import docx
import pytest
from sqlmodel import select

from govproject.persistence.tables import StoredFile
from govproject.terms import Department, Verdict, Veto
from govproject_acceptance.tables import AgencyReport


def saved(by):
    """One document, as somebody saved it."""
    document = docx.Document()
    document.add_paragraph("竣工图")
    document.core_properties.author = by
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def handed_in(acceptance, content):
    params = {"name": "材料.docx"}
    return acceptance.call("POST", "/files", "unit", params=params, content=content).json()


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

    def test_it_is_a_file(self, before_final, bodies):
        silent = bodies.final(opinion_file_id=None)
        problem = before_final.refused("final-rounds", silent)
        assert before_final.rules(problem) == ["final_opinion_on_file"]
        assert "签字的终验意见" in problem["detail"]
        file_id = before_final.handed_in()
        view = before_final.do("final-rounds", silent | {"opinion_file_id": file_id})
        assert view["opinion_paper"]["file_id"] == file_id
        assert view["passed"] is True

    @pytest.mark.parametrize(
        ("found", "against"), [((Veto.EXPERT_RESOLUTION,), 0), ((), 2)], ids=["said", "voted"]
    )
    def test_a_resolution_not_to_pass_is_written(self, before_final, bodies, found, against):
        body = bodies.final(
            *found,
            experts=bodies.experts(3, against=against),
            rectify_by="2026-09-30",
            settled_yuan=None,
            resolution_file_id=None,
        )
        problem = before_final.refused("final-rounds", body)
        assert "expert_resolution_on_file" in before_final.rules(problem)
        file_id = before_final.handed_in()
        view = before_final.do("final-rounds", body | {"resolution_file_id": file_id})
        assert (view["passed"], view["found"]) == (False, ["expert_resolution"])
        assert view["resolution_paper"]["file_id"] == file_id


class TestReport:
    """What the final rests on is the report, not its number (Art 19)."""

    @pytest.mark.parametrize("changes", [{"file_id": None}, {"covers": []}])
    def test_one_without_file_or_subject_does_not_count(
        self, before_final, events, bodies, clock, changes
    ):
        with before_final.runtime.db.write() as session:
            for each in session.exec(select(AgencyReport)).all():
                session.delete(each)
        before_final.do("test-reports", bodies.report(report_number="CP-2", **changes))
        before_final.tell(events.archived(at=clock()))
        problem = before_final.refused("final-rounds", bodies.final())
        assert before_final.rules(problem) == ["third_party_test_report"]


class TestMaterials:
    @pytest.mark.parametrize(
        ("there", "missing"),
        [
            ((), ["self_evaluation", "presentation", "documents"]),
            (("documents", "self_evaluation"), ["presentation"]),
        ],
    )
    def test_without_them_there_is_no_meeting(self, in_trial, bodies, there, missing):
        for kind in there:
            file_id = in_trial.handed_in(text=kind)
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

    def test_one_file_is_one_material(self, built):
        file_id = built.handed_in()
        built.do("final-materials", {"kind": "documents", "file_id": file_id})
        again = {"kind": "presentation", "file_id": file_id}
        problem = built.refused("final-materials", again, "same_content")
        assert "验收材料文档" in problem["detail"]
        built.do("final-materials", {"kind": "documents", "file_id": file_id})

    def test_saved_anew_it_is_the_same(self, built):
        first, again = (handed_in(built, saved(by)) for by in ("亭湖区教育局", "盐城软件公司"))
        assert first["sha256"] != again["sha256"]
        built.do("final-materials", {"kind": "documents", "file_id": first["id"]})
        second = {"kind": "presentation", "file_id": again["id"]}
        problem = built.refused("final-materials", second, "same_content")
        assert "验收材料文档" in problem["detail"]
        with built.runtime.db.write() as session:  # as an older build took it in
            session.get(StoredFile, UUID(first["id"])).parts_sha256 = None
        built.do("final-materials", second)

    def test_what_came_after_the_meeting_is_pointed_out(self, before_final, bodies, clock):
        clock.set(2026, 8, 4)
        late = {"kind": "documents", "file_id": before_final.handed_in(text="竣工图")}
        before_final.do("final-materials", late)
        view = before_final.do("final-rounds", bodies.final(held_on="2026-08-03"))
        assert view["passed"]
        (finding,) = view["decision"]["findings"]
        assert (finding["rule"], finding["fact"]) == (
            "final_materials_in_time",
            {"late": ["验收材料文档（材料.docx）"]},
        )

    def test_what_came_on_its_day_is_not(self, before_final, bodies, clock):
        clock.set(2026, 8, 4)
        late = {"kind": "documents", "file_id": before_final.handed_in(text="竣工图")}
        before_final.do("final-materials", late)
        view = before_final.do("final-rounds", bodies.final(held_on="2026-08-04"))
        assert (view["passed"], view["decision"]["findings"]) == (True, [])


class TestSignedPapers:
    """What is signed at a meeting is made at it: no paper of before, and each its own."""

    def test_an_opinion_is_no_paper_of_before(self, before_final, bodies):
        page = before_final.view()
        for paper in (
            page["preliminary_rounds"][0]["opinion_paper"],
            page["final_materials"][-1]["paper"],
        ):
            body = bodies.final(opinion_file_id=paper["file_id"])
            before_final.refused("final-rounds", body, "same_content")

    def test_a_resolution_is_no_opinion(self, before_final, bodies):
        file_id = before_final.handed_in()
        body = bodies.final(
            Veto.EXPERT_RESOLUTION, opinion_file_id=file_id, resolution_file_id=file_id
        )
        problem = before_final.refused("final-rounds", body, "same_content")
        assert "专家组决议" in problem["detail"]

    def test_nor_is_it_what_proves_that_something_was_mended(self, before_final, bodies):
        failed = before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))
        body = {
            "veto": "xinchuang",
            "rectified_on": "2026-08-03",
            "rectification": "已更换数据库",
            "file_id": failed["opinion_paper"]["file_id"],
        }
        path = f"/final-rounds/{failed['id']}/rectifications"
        problem = before_final.refused(path, body, "same_content")
        assert "第1轮终验意见" in problem["detail"]

    def test_nor_is_it_that_of_an_earlier_round(self, before_final, bodies, clock):
        failed = before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))
        clock.set(2026, 8, 20)
        before_final.mend_final("2026-08-19")
        paper = failed["opinion_paper"]["file_id"]
        body = bodies.final(held_on="2026-08-20", opinion_file_id=paper)
        problem = before_final.refused("final-rounds", body, "same_content")
        assert "第1轮终验意见" in problem["detail"]
        material = {"kind": "documents", "file_id": paper}
        problem = before_final.refused("final-materials", material, "same_content")
        assert "第1轮终验意见" in problem["detail"]


class TestXinchuang:
    """The first case is judged by what the party office said of the route (Arts 9, 19)."""

    @pytest.mark.parametrize("said", [None, "。", "无"])
    def test_a_no_is_not_said_without_looking(self, before_final, events, bodies, said):
        conditions = events.opinion(Verdict.PASS_WITH_CONDITIONS, "数据库须更换为信创产品")
        before_final.tell(conditions, events.opinion(department=Department.AUDIT))
        problem = before_final.refused("final-rounds", bodies.final(xinchuang=said))
        assert before_final.rules(problem) == ["xinchuang_compared"]
        assert "附条件通过：数据库须更换为信创产品" in problem["detail"]
        view = before_final.do("final-rounds", bodies.final(xinchuang="数据库已更换"))
        assert (view["passed"], view["xinchuang"]) == (True, "数据库已更换")

    def test_its_last_word_counts(self, before_final, events, bodies):
        before_final.tell(events.opinion(Verdict.FAIL), events.opinion(opinion="同意"))
        problem = before_final.refused("final-rounds", bodies.final(xinchuang=None))
        assert "通过：同意" in problem["detail"]
