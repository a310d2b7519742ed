"""Colours, type and the Plotly layout that every chart starts from.

Colour means the arm, everywhere and only that. The page's CSS gets the same tokens, so they stand here once.
"""

from typing import Any

LIGHT = {
    "paper": "#fffefb",
    "wash": "#f6f3ec",
    "ink": "#1c2127",
    "soft": "#4f5862",
    "rule": "#dcd8cf",
    "axis": "#8b929a",
    "flag": "#8a3b00",
    "link": "#0b4f86",
    "focus": "#0b3d91",
    "prolo": "#c2500a",
    "control": "#0067a3",
    "control_hatch": "#2f86bb",
    "without": "#6b727b",
    "other": "#5b3f8c",
    "on_mark": "#ffffff",
}
DARK = {
    "paper": "#14171b",
    "wash": "#1d2127",
    "ink": "#eceae4",
    "soft": "#b3bac2",
    "rule": "#363c44",
    "axis": "#7d858e",
    "flag": "#ffb07c",
    "link": "#8cc2f0",
    "focus": "#a9c8ff",
    "prolo": "#f0833a",
    "control": "#4ea3dc",
    "control_hatch": "#2f7fb5",
    "without": "#9aa2ab",
    "other": "#a88be0",
    "on_mark": "#14171c",
}

SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

ROLE_COLOUR = {
    "prolotherapy": "prolo",
    "injection_control": "control",
    "noninjection_control": "without",
    "active_comparator": "other",
}
ROLE_LABEL = {
    "prolotherapy": "prolotherapy",
    "injection_control": "control injection",
    "noninjection_control": "no injection",
    "active_comparator": "other treatment",
}


def marker(colour: str, hatched: bool = False) -> dict[str, Any]:
    """A bar's fill. The control injection is hatched as well as blue, so colour is never alone."""
    fill: dict[str, Any] = {"color": LIGHT[colour], "line": {"width": 0}}
    if hatched:
        fill["pattern"] = {"shape": "/", "fgcolor": LIGHT["control_hatch"], "bgcolor": LIGHT[colour], "size": 8, "solidity": 0.35}
    return fill


def layout(height: int, **more: Any) -> dict[str, Any]:
    """The layout every chart starts from: no grid, no legend, no drag, fixed axes."""
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 300, "r": 24, "t": 8, "b": 40, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SANS, "size": 15, "color": LIGHT["ink"]},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": SANS, "size": 14}, "bgcolor": LIGHT["wash"], "bordercolor": LIGHT["axis"]},
        "barmode": "overlay",
        "bargap": 0.0,
    }
    return base | more


def value_axis(title: str, span: tuple[float, float], **more: Any) -> dict[str, Any]:
    """The axis of values: zero on it, a line, no grid."""
    axis: dict[str, Any] = {
        "range": list(span),
        "fixedrange": True,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": LIGHT["axis"],
        "zerolinewidth": 1,
        "showline": True,
        "linecolor": LIGHT["axis"],
        "ticks": "outside",
        "tickcolor": LIGHT["axis"],
        "tickfont": {"size": 14, "color": LIGHT["soft"]},
        "title": {"text": title, "font": {"size": 14, "color": LIGHT["soft"]}, "standoff": 8},
        "automargin": False,
    }
    return axis | more


def row_axis(top: float, bottom: float, **more: Any) -> dict[str, Any]:
    """The axis of rows, first row at the top; its labels are annotations, so it shows nothing itself."""
    axis = {"range": [bottom, top], "fixedrange": True, "visible": False}
    return axis | more
