"""Controls as data: a view's state is a frozen dataclass whose fields declare their own control.

From the declaration come the HTML inputs, the URL parameters, the list of all states, and the tests. What a control
offers may depend on the library; then it is made when a library is there, and the field has no default of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from itertools import combinations, product
from typing import Any, TypeVar
from urllib.parse import quote

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.own import cut

State = TypeVar("State")
Given = TypeVar("Given")
When = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Option:
    """One value of a control: how it is written in the URL, and what the reader sees.

    ``group`` is the heading of a menu that it stands under; ``also`` is how old links write it; ``needs`` says what
    it is for, where other choices can make it unavailable; ``about`` has the ids of the conditions that it is on.
    """

    value: str
    label: str
    symbol: str = ""
    group: str = ""
    also: str = ""
    needs: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Toggles:
    """Any number of options on at once, or one of ``alone``. In the URL: values joined by ``.``, or ``none``.

    ``parts`` names the option that each of ``alone`` is a part of: beside others, it stands for the whole.
    """

    label: str
    options: tuple[Option, ...]
    alone: tuple[Option, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def default(self) -> tuple[str, ...]:
        """All on."""
        return tuple(option.value for option in self.options)

    def values(self) -> Iterator[tuple[str, ...]]:
        """Every subset, in option order, then each option of ``alone``."""
        keys = [option.value for option in self.options]
        for size in range(len(keys) + 1):
            yield from combinations(keys, size)
        yield from ((option.value,) for option in self.alone)

    def decode(self, text: str) -> tuple[str, ...]:
        """The value of a URL form; ValueError names the part that is not an option."""
        wanted = {_now(part, (*self.options, *self.alone)) for part in text.split(".")} if text != "none" else set()
        lone = wanted & {option.value for option in self.alone}
        if lone and len(wanted) == 1:
            return tuple(lone)
        whole = dict(self.parts)
        wanted = {whole.get(part, part) for part in wanted}
        return tuple(option.value for option in self.options if option.value in wanted)


def _now(text: str, options: tuple[Option, ...]) -> str:
    """The value of an option from its current or an earlier spelling; ValueError for neither."""
    for option in options:
        if text and text in (option.value, option.also):
            return option.value
    raise ValueError(text)


@dataclass(frozen=True)
class Choice:
    """Exactly one option. ``style`` is how it is shown: ``radio``, ``menu`` or ``cards``.

    ``when``, ``also`` and ``before`` as of an entry.
    """

    label: str
    options: tuple[Option, ...]
    default: str
    style: str = "radio"
    when: When = ()
    also: str = ""
    before: str = ""

    def values(self) -> Iterator[str]:
        """Every option's value."""
        return (option.value for option in self.options)

    def decode(self, text: str) -> str:
        """The value of a URL form; ValueError if it is not an option."""
        return _now(text, self.options)


@dataclass(frozen=True)
class Steps:
    """A whole number from ``low`` to ``high`` in steps."""

    label: str
    low: int
    high: int
    step: int
    default: int
    unit: str = ""

    def values(self) -> Iterator[int]:
        """Every step."""
        return iter(range(self.low, self.high + 1, self.step))

    def decode(self, text: str) -> int:
        """The value of a URL form; ValueError if it is not one of the steps."""
        if not text.isascii() or not text.isdigit() or int(text) not in set(self.values()):
            raise ValueError(text)
        return int(text)


@dataclass(frozen=True)
class Entry:
    """A text or number that a reader types. What it may be is checked where it is used, not here.

    ``group`` is the heading of the fields it stands with; ``numeric`` asks a phone for its number keys; ``when`` holds
    the (control, value) pairs that the field is for: it is hidden under other values. ``options``: what a menu offers
    in place of a text field.

    ``also`` is the name that old links have for it, and ``before`` its default at their time.
    """

    label: str
    default: str
    group: str = ""
    numeric: bool = False
    when: When = ()
    options: tuple[Option, ...] = ()
    also: str = ""
    before: str = ""

    def values(self) -> Iterator[str]:
        """The default alone, as free text can't be listed."""
        return iter((self.default,))

    def decode(self, text: str) -> str:
        """The value of a URL form; ValueError for more than a link may carry, or what a menu does not offer."""
        if self.options:
            return _now(text, self.options)
        if len(text) > LONGEST_ENTRY:
            raise ValueError(text)
        return text


LONGEST_ENTRY = 600  # code points; names may have 60 signs, of which a family of four has seven code points each

Control = Toggles | Choice | Steps | Entry


def taken(control: Control, value: Any) -> Any:
    """The value of a control from what a program gives: its URL form, a number, or a list of toggles.

    ValueError for what is not on offer.
    """
    if not isinstance(value, list | tuple):
        return control.decode(str(value))
    if not isinstance(control, Toggles):
        raise ValueError(value)
    return control.decode(".".join(map(str, value)) or "none")


def offered(control: Control) -> str:
    """What a control may be set to, in words for programmers."""
    match control:
        case Toggles():
            one = f"; or one of {', '.join(option.value for option in control.alone)}" if control.alone else ""
            return f"any of {', '.join(option.value for option in control.options)}; or none{one}"
        case Choice():
            return ", ".join(option.value for option in control.options)
        case Steps():
            return f"{control.low} to {control.high} in steps of {control.step}"
        case Entry(options=(_, *_) as options):
            return ", ".join(option.value for option in options)
        case Entry():
            return f"a text of at most {LONGEST_ENTRY} characters"


def _with(known: Library, given: Given | Callable[[Library], Given]) -> Given:
    """What was given, or what it makes of a library."""
    return given(known) if callable(given) else given


def declare(make: Callable[[Library], Control], default: Any = MISSING) -> Any:
    """Declare a state field by what makes its control. Without a ``default`` the field has to be given a value."""
    return field(default=default, kw_only=True, metadata={"control": make})


def choice(
    label: str,
    options: tuple[Option, ...] | Callable[[Library], tuple[Option, ...]],
    default: str | Callable[[Library], str],
    style: str = "radio",
    when: When = (),
    *,
    also: str = "",
    before: str = "",
) -> Any:
    """Declare a state field shown as radio buttons, a menu or cards."""
    return declare(
        lambda known: Choice(label, _with(known, options), _with(known, default), style, when, also, before),
        MISSING if callable(default) else default,
    )


def steps(label: str | Callable[[Library], str], low: int, high: int, step: int, default: int, unit: str = "") -> Any:
    """Declare a state field shown as a slider with a number field."""
    return declare(lambda known: Steps(_with(known, label), low, high, step, default, unit), default)


def entry(
    label: str,
    default: str | Callable[[Library], str],
    group: str | Callable[[Library], str] = "",
    numeric: bool = False,
    when: When = (),
    *,
    options: tuple[Option, ...] | Callable[[Library], tuple[Option, ...]] = (),
    also: str = "",
    before: str | Callable[[Library], str] = "",
) -> Any:
    """Declare a state field that a reader types into, or chooses from a menu without a state for each option."""

    def make(known: Library) -> Entry:
        usual, was = _with(known, default), _with(known, before)
        return Entry(label, usual, _with(known, group), numeric, when, _with(known, options), also, was)

    return declare(make, MISSING if callable(default) else default)


def controls_of(state: type, library: Library) -> dict[str, Control]:
    """The controls that a state type declares, by name."""
    return _controls(state, library)


@cache
def _controls(state: type[Any], library: Library) -> dict[str, Control]:
    declared: tuple[Field[Any], ...] = fields(state)
    return {f.name: f.metadata["control"](library) for f in declared}


def default_state(state: type[State], library: Library) -> State:
    """The state that a page opens with."""
    return state(**{name: control.default for name, control in controls_of(state, library).items()})


def all_values(state: type[State], library: Library) -> Iterator[State]:
    """Every combination of control values."""
    declared = controls_of(state, library)
    for values in product(*(control.values() for control in declared.values())):
        yield state(**dict(zip(declared, values, strict=True)))


def to_query(state: Any) -> str:
    """The state's URL form: every control, ``name=value`` joined by ``&``, values percent-encoded."""
    return "&".join(f"{f.name}={quote(encoded(getattr(state, f.name)), safe='')}" for f in fields(state))


def encoded(value: tuple[str, ...] | str | int) -> str:
    """The URL form of a control's value: options that are on are joined by ``.``, none of them is ``none``."""
    return (".".join(value) or "none") if isinstance(value, tuple) else str(value)


def from_params(state: type[State], library: Library, params: dict[str, str]) -> tuple[State, tuple[str, ...]]:
    """Read a state from URL parameters: the state, and a plain sentence for each parameter that was not understood.

    What is missing or not understood takes its default.
    """
    declared = controls_of(state, library)
    values: dict[str, Any] = {name: control.default for name, control in declared.items()}
    problems = []
    for name, text in _renamed(declared, params).items():
        if name not in declared:
            problems.append(f"The link has a setting “{shorten(name)}” that this chapter does not have.")
            continue
        try:
            values[name] = declared[name].decode(text)
        except ValueError:
            problems.append(
                f"The link asks for “{shorten(text)}” under “{declared[name].label}”, which is not on offer. "
                "The usual setting is shown."
            )
    return state(**values), tuple(problems)


def _renamed(declared: dict[str, Control], params: dict[str, str]) -> dict[str, str]:
    """The parameters of an old link under today's names; what it omits takes the default of its time."""
    renamed = {c.also: name for name, c in declared.items() if isinstance(c, Choice | Entry) and c.also}
    if not renamed.keys() & params.keys():
        return params
    kept = {name: text for name, text in params.items() if name not in (*renamed, *renamed.values())}
    before = {name: c.before for name, c in declared.items() if isinstance(c, Choice | Entry) and c.also}
    return kept | before | {renamed[name]: text for name, text in params.items() if name in renamed}


def shorten(text: str, width: int = 40) -> str:
    """A reader's text, shortened to fit a sentence."""
    return cut(text, width)
