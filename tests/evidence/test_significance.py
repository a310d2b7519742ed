"""The test of a difference, and where the interval of the same counts says otherwise."""

import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from prolo_dash.evidence.library import library
from prolo_dash.evidence.significance import SignificanceTest, significance_test
from prolo_dash.stats.effects import Estimate, risk_difference


@pytest.mark.parametrize(("a", "m", "b", "n"), [(7, 10, 2, 10), (14, 21, 5, 22), (5, 10, 4, 10), (9, 12, 4, 12)])
def test_test_and_interval_contradict_each_other_where_another_calculation_says_so(a, m, b, n):
    p = fisher_exact([[a, m - a], [b, n - b]]).pvalue
    low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
    found = SignificanceTest("fisher", p, risk_difference(a, m, b, n))
    assert found.contradicted == ((low > 0 or high < 0) != (p < 0.05))
    assert found.contradicted == ((a, b) in {(7, 2), (9, 4)})


def test_the_test_of_scores_is_one_sum_with_its_interval():
    assert not SignificanceTest("welch", 0.06, Estimate(3.0, 0.1, 5.9)).contradicted


def test_counts_are_tested_by_fisher_and_scores_by_welch_where_their_spread_is_known():
    found = [(c, significance_test(c, c.control)) for c in library().comparisons if c.control]
    assert {test.test for c, test in found if test and c.intervention.counts and c.control.counts} == {"fisher"}
    assert {test.test for c, test in found if test and c.intervention.se is not None} == {"welch"}
    assert all(test is None for c, test in found if not c.is_share and c.intervention.se is None)
