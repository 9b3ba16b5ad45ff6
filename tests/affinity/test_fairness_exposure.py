"""What the exposure report says about lists."""

import pytest

from matchmaker.affinity.fairness import exposure, fair_shares
from matchmaker.people.ids import AttendeeId

A, B, C, D = (AttendeeId(number) for number in range(4))


def test_lists_that_show_everybody_alike_are_fair() -> None:
    report = exposure({A: [B], B: [A], C: [D], D: [C]}, {A: 5, B: 5, C: 5, D: 5})
    assert (report.never_shown, report.max_over_fair, report.gini) == (0, 1.0, 0.0)


def test_one_person_on_every_list_is_far_above_the_fair_share() -> None:
    report = exposure({A: [B], B: [A], C: [B], D: [B]}, dict.fromkeys([A, B, C, D], 5))
    assert report.never_shown == 2
    assert report.max_over_fair == pytest.approx(3.0)
    assert report.gini == pytest.approx(0.625)


def test_who_wishes_for_more_has_the_larger_share() -> None:
    assert fair_shares({A: 1, B: 3}, slots=8) == {A: 2.0, B: 6.0}


def test_being_shown_once_is_never_too_much() -> None:
    assert exposure({A: [B]}, {A: 50, B: 1}).max_over_fair == 1.0


def test_who_wishes_for_nobody_does_not_count_as_never_shown() -> None:
    assert exposure({A: [B]}, {A: 0, B: 2}).never_shown == 0


def test_no_lists_at_all_are_not_an_error() -> None:
    report = exposure({}, {})
    assert (report.never_shown, report.max_over_fair, report.gini) == (0, 0.0, 0.0)
