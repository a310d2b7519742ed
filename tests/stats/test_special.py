"""The lighter way to scipy's functions gives the very same functions, and leaves scipy whole for everybody else."""

import subprocess
import sys

import pytest
import scipy.special

from prolo_dash.stats import special

_APART = """
import sys
from prolo_dash.stats import special
assert "scipy.special" not in sys.modules, "the whole package was loaded"
import scipy.special, scipy.stats
assert scipy.special.erf(0.0) == 0.0 and scipy.stats.norm.ppf(0.5) == 0.0
assert scipy.special.gammaln is special.gammaln
"""


@pytest.mark.parametrize("name", special.__all__)
def test_a_function_is_the_one_of_scipy(name):
    assert getattr(special, name) is getattr(scipy.special, name)


def test_the_rest_of_the_package_is_not_loaded_and_can_be_later():
    subprocess.run([sys.executable, "-c", _APART], check=True)
