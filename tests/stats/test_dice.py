"""Two dice, by hand: of the 36 ways they can fall, 3 + 2 + 1 give 10, 11 and 12 points."""

from fractions import Fraction
from itertools import product

import pytest

from prolo_dash.stats.dice import expected, throw_twice

# Ways to throw 2, 3, … 12 points: 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1.
WAYS = dict(zip(range(2, 13), (1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1), strict=True))


def test_two_dice_show_7_points_on_average():
    """(2·1 + 3·2 + 4·3 + 5·4 + 6·5 + 7·6 + 8·5 + 9·4 + 10·3 + 11·2 + 12·1) / 36 = 252 / 36."""
    assert {expected(cut_off).second for cut_off in range(2, 13)} == {Fraction(7)}


def test_with_10_or_more_the_first_throw_is_32_thirds_and_one_in_six_is_chosen():
    """3 + 2 + 1 = 6 of 36 ways; (10·3 + 11·2 + 12·1) / 6 = 64 / 6."""
    found = expected(10)
    assert (found.chosen, found.first) == (Fraction(6, 36), Fraction(64, 6))


@pytest.mark.parametrize("cut_off", range(2, 13))
def test_every_cut_off_agrees_with_the_ways_counted_by_hand(cut_off):
    high = {points: ways for points, ways in WAYS.items() if points >= cut_off}
    assert expected(cut_off).chosen == Fraction(sum(high.values()), 36)
    assert expected(cut_off).first == Fraction(sum(p * w for p, w in high.items()), sum(high.values()))


def test_whoever_is_chosen_threw_at_least_the_cut_off_at_first():
    for people, cut_off, number in product((1, 30, 1000), (8, 11), (1, 2)):
        found = throw_twice(people, cut_off, number)
        assert len(found.first) == len(found.second) <= people
        assert all(cut_off <= points <= 12 for points in found.first)
        assert all(2 <= points <= 12 for points in found.second)


def test_the_same_class_throws_the_same_and_another_one_does_not():
    assert throw_twice(100, 8, 3) == throw_twice(100, 8, 3) != throw_twice(100, 8, 4)


def test_a_larger_class_keeps_the_throws_of_the_smaller_and_a_lower_cut_off_keeps_those_chosen():
    small, large = throw_twice(30, 10, 5), throw_twice(100, 10, 5)
    assert large.first[: len(small.first)] == small.first
    assert large.second[: len(small.second)] == small.second
    low = throw_twice(30, 8, 5)
    assert [pair for pair in zip(low.first, low.second, strict=True) if pair[0] >= 10] == list(
        zip(small.first, small.second, strict=True)
    )


def test_very_many_throws_come_close_to_what_is_expected():
    """20 classes of 1,000, cut-off 9: 10/36, so 5,556 chosen. One sd of a mean is 2.42 / sqrt(5,556) = 0.03."""
    throws = [throw_twice(1000, 9, number) for number in range(20)]
    first = [points for found in throws for points in found.first]
    second = [points for found in throws for points in found.second]
    assert len(first) / 20_000 == pytest.approx(10 / 36, abs=0.01)
    assert sum(first) / len(first) == pytest.approx(float(expected(9).first), abs=0.05)
    assert sum(second) / len(second) == pytest.approx(7, abs=0.13)


@pytest.mark.parametrize(
    ("people", "cut_off", "number"), [(0, 10, 1), (1001, 10, 1), (2.5, 10, 1), (30, 1, 1), (30, 13, 1), (30, 10, -1)]
)
def test_impossible_input_is_told_in_a_sentence(people, cut_off, number):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        throw_twice(people, cut_off, number)
