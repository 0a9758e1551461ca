"""What the final says of money that is left, or was spent beyond what was approved."""

from datetime import date, datetime

import pytest

from govproject.clock import SHANGHAI
from govproject.terms import ChangeAspect
from govproject_acceptance.rules.article_18_surplus import surplus_after_changed_content

FEBRUARY = datetime(2026, 2, 5, 9, tzinfo=SHANGHAI)
MAY = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)


class TestSurplus:
    def surplus(self, accepted):
        tasks = [o["task"] for o in accepted.view()["obligations"] if o["rule"] == "return_surplus"]
        return tasks[0] if tasks else None

    def test_approved_minus_paid(self, before_final, bodies):
        before_final.do("final-rounds", bodies.final(settled_yuan="1100000.50"))
        assert self.surplus(before_final) == "将结余资金49999.50元全额上缴财政"

    def test_none_when_all_is_spent(self, before_final, bodies):
        before_final.do("final-rounds", bodies.final(settled_yuan="1150000.00"))
        assert self.surplus(before_final) is None

    def test_what_was_spent_beyond_it_is_refused(self, before_final, bodies):
        problem = before_final.refused("final-rounds", bodies.final(settled_yuan="1150000.01"))
        assert set(before_final.rules(problem)) == {
            "paid_under_contract",
            "no_overrun_without_change_filing",
        }

    def test_a_change_of_content_before_the_approval_is_part_of_it(
        self, before_final, events, bodies
    ):
        before = datetime(2026, 2, 2, 9, tzinfo=SHANGHAI)
        before_final.tell(
            events.change(at=before, aspects=(ChangeAspect.CONTENT,)),
            events.change_filed(at=before),
        )
        before_final.do("final-rounds", bodies.final(settled_yuan="1000000.00"))
        assert self.surplus(before_final) == "将结余资金150000.00元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["1110000.00"])
    def test_of_two_changed_amounts_the_last_counts(self, before_final, events, bodies):
        june = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
        for number, at, amount in ((9, MAY, 1180000), (1, june, 1120000)):
            before_final.tell(
                events.change(number, at=at, aspects=(ChangeAspect.AMOUNT,)),
                events.change_approved(number, at=at),
                events.change_filed(number, at=at, budget_yuan=amount),
            )
        before_final.do("final-rounds", bodies.final(settled_yuan="1110000.00"))
        assert self.surplus(before_final) == "将结余资金10000.00元全额上缴财政"

    def test_none_when_the_content_changed(self, before_final, events, bodies):
        before_final.tell(
            events.change(at=MAY, aspects=(ChangeAspect.CONTENT,)),
            events.change_approved(at=MAY),
            events.change_filed(at=MAY),
        )
        view = before_final.do("final-rounds", bodies.final(settled_yuan="1000000.00"))
        assert self.surplus(before_final) is None
        rule = surplus_after_changed_content.__name__
        assert [f["fact"] for f in view["decision"]["findings"] if f["rule"] == rule] == [
            {"left_yuan": "150000.00"}
        ]

    @pytest.mark.parametrize("contracted", ["1110000.00"])
    def test_a_changed_amount_replaces_the_approved_one(self, before_final, events, bodies):
        before_final.tell(
            events.change(at=MAY, aspects=(ChangeAspect.AMOUNT,)),
            events.change_approved(at=MAY),
            events.change_filed(at=MAY, budget_yuan=1120000),
        )
        before_final.do("final-rounds", bodies.final(settled_yuan="1110000.00"))
        assert self.surplus(before_final) == "将结余资金10000.00元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["1110000.00"])
    def test_an_approval_after_the_change_counts(self, before_final, events, bodies):
        before_final.tell(
            events.change(at=FEBRUARY, aspects=(ChangeAspect.AMOUNT,)),
            events.change_filed(at=FEBRUARY, budget_yuan=1120000),
            events.approved(approved_on=date(2026, 2, 6), approved_yuan=1130000),
        )
        before_final.do("final-rounds", bodies.final(settled_yuan="1110000.00"))
        assert self.surplus(before_final) == "将结余资金20000.00元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["600000.00"])
    def test_on_the_filing_track_no_filing_makes_it_less(self, small, events, bodies):
        """The unit filed its amount down to what it had paid, and nothing was left to return."""
        small.tell(
            events.change(at=MAY, aspects=(ChangeAspect.AMOUNT,)),
            events.change_filed(at=MAY, budget_yuan=600000),
            events.filing(),
            events.filed(),
        )
        small.do("final-rounds", bodies.final(settled_yuan="600000.00"))
        assert self.surplus(small) == "将结余资金399999.99元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["500000.00"])
    @pytest.mark.parametrize(
        ("filed_on", "surplus"),
        [("2026-02-09", "100000.00"), ("2026-02-10", "499999.99")],
    )
    def test_unless_it_was_filed_before_building_began(
        self, small, events, bodies, filed_on, surplus
    ):
        """The first award was on 10 February."""
        at = datetime.fromisoformat(f"{filed_on}T09:00:00+08:00")
        small.tell(
            events.change(at=at, aspects=(ChangeAspect.AMOUNT,)),
            events.change_filed(at=at, budget_yuan=600000),
            events.filing(),
            events.filed(),
        )
        small.do("final-rounds", bodies.final(settled_yuan="500000.00"))
        assert self.surplus(small) == f"将结余资金{surplus}元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["700000.00"])
    def test_what_was_raised_and_lowered_again_counts_at_its_highest(self, small, events, bodies):
        june = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
        for number, at, amount in ((9, MAY, 999999), (1, june, 700000)):
            small.tell(
                events.change(number, at=at, aspects=(ChangeAspect.AMOUNT,)),
                events.change_filed(number, at=at, budget_yuan=amount),
            )
        small.do("final-rounds", bodies.final(settled_yuan="700000.00"))
        assert self.surplus(small) == "将结余资金299999.99元全额上缴财政"

    @pytest.mark.parametrize("contracted", ["500000.00"])
    @pytest.mark.parametrize(("filed_on", "owed"), [("2026-02-09", True), ("2026-02-10", False)])
    def test_on_the_filing_track_content_changes_once_building_began(
        self, small, events, bodies, filed_on, owed
    ):
        at = datetime.fromisoformat(f"{filed_on}T09:00:00+08:00")
        small.tell(
            events.change(at=at, aspects=(ChangeAspect.CONTENT,)),
            events.change_filed(at=at, budget_yuan=600000),
        )
        small.do("final-rounds", bodies.final(settled_yuan="500000.00"))
        assert (self.surplus(small) is not None) is owed

    def test_without_approval_the_budget_counts(self, small, bodies):
        small.do("final-rounds", bodies.final(settled_yuan="999999.00"))
        assert self.surplus(small) == "将结余资金0.99元全额上缴财政"
