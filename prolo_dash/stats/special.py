"""The functions of scipy.special that are used here, without the rest of that package.

``import scipy.special`` takes 0.2 s, nearly all of it for array libraries other than numpy, and a notebook's kernel
waits for it. The compiled functions themselves load in a tenth of that. Where scipy keeps them elsewhere, the package
is imported as usual.
"""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.special import gammaln, nctdtr, ndtri, stdtr, stdtrit, xlogy

__all__ = ["gammaln", "nctdtr", "ndtri", "stdtr", "stdtrit", "xlogy"]

_PACKAGE = "scipy.special"


def _compiled() -> ModuleType:
    """scipy's compiled functions, loaded under a stand-in for their package, which is taken away again."""
    found = importlib.util.find_spec(_PACKAGE)
    if _PACKAGE in sys.modules or found is None:
        return importlib.import_module(_PACKAGE)
    stand_in = ModuleType(_PACKAGE)
    stand_in.__path__ = list(found.submodule_search_locations or ())
    sys.modules[_PACKAGE] = stand_in
    try:
        return importlib.import_module(f"{_PACKAGE}._ufuncs")
    except ImportError:
        del sys.modules[_PACKAGE]
        return importlib.import_module(_PACKAGE)
    finally:
        if sys.modules.get(_PACKAGE) is stand_in:
            del sys.modules[_PACKAGE]


if not TYPE_CHECKING:
    _functions = _compiled()
    gammaln, nctdtr, ndtri, stdtr, stdtrit, xlogy = (getattr(_functions, name) for name in __all__)
