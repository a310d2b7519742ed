"""Colours, type and the Plotly layout that every chart starts from.

Colour means the arm, everywhere and only that. The page's CSS gets the same tokens, so they stand here once.
Arms differ in lightness too, for paper without colours: no injection is the lightest, the hatched control the darkest.
"""

from dataclasses import dataclass
from typing import Any

from prolo_dash.evidence.records import Role

LIGHT = {
    "paper": "#fffefb",
    "wash": "#f6f3ec",
    "ink": "#1c2127",
    "soft": "#4f5862",
    "rule": "#dcd8cf",
    "axis": "#8b929a",
    "band": "#f9f7f3",
    "flag": "#8a3b00",
    "link": "#0b4f86",
    "focus": "#0b3d91",
    "prolo": "#b74c09",
    "control": "#005383",
    "control_hatch": "#2f86bb",
    "without": "#899098",
    "other": "#5b3f8c",
    "on_mark": "#ffffff",
    "on_without": "#1b2026",
}
DARK = {
    "paper": "#14171b",
    "wash": "#1d2127",
    "ink": "#eceae4",
    "soft": "#b3bac2",
    "rule": "#363c44",
    "axis": "#7d858e",
    "band": "#262b32",
    "flag": "#ffb07c",
    "link": "#8cc2f0",
    "focus": "#a9c8ff",
    "prolo": "#f08640",
    "control": "#2786c5",
    "control_hatch": "#86c2ec",
    "without": "#c4c9ce",
    "other": "#906bd8",
    "on_mark": "#14171c",
    "on_without": "#14171d",
}

SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

# The shape of a mark in a chart, by the character used for it in lists.
SHAPES = {
    "◆": "diamond",
    "■": "square",
    "●": "circle",
    "▲": "triangle-up",
    "★": "star",
    "⬢": "hexagon",
    "⬟": "pentagon",
    "✚": "cross",
    "▼": "triangle-down",
    "▶": "triangle-right",
    "◀": "triangle-left",
}

ROLE_COLOUR = {
    "intervention": "prolo",
    "control": "control",
    "untreated": "without",
    "other": "other",
}
# What distinguishes the arms besides colour, so that hue is never alone: the fill of a bar, the shape of a mark in
# a row that has one condition, and the end of its symbol's name where the shape is the condition.
ROLE_FILL = {
    "intervention": "",
    "control": "hatched",
    "untreated": "",
    "other": "",
}
ROLE_SHAPE = {"control": "circle", "untreated": "square", "other": "diamond"}
ROLE_MARK: dict[Role, str] = {
    "control": "",
    "untreated": "-open",
    "other": "-open-dot",
}


@dataclass(frozen=True)
class Fill:
    """What bars are filled with, in tokens: one colour, or one for each bar.

    ``hatched`` is the control group, so that its colour is never alone. ``hollow`` is a rim without a fill. A rim is so
    many pixels thick, and of the same colour unless it has one.
    """

    colour: str | tuple[str, ...]
    hatched: bool = False
    hollow: bool = False
    rim: float = 0.0
    rim_colour: str = ""


_AXIS = {
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
    "title": {"font": {"size": 14, "color": LIGHT["soft"]}, "standoff": 8},
    "automargin": False,
    "tickangle": 0,  # numbers are never rotated, so Plotly need not measure them
}

# What every chart starts from: no grid, no legend, no drag; labels are annotations, so the row axis shows nothing.
TEMPLATE: dict[str, Any] = {
    "layout": {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SANS, "size": 15, "color": LIGHT["ink"]},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "font": {"family": SANS, "size": 14, "color": LIGHT["ink"]},
            "bgcolor": LIGHT["wash"],
            "bordercolor": LIGHT["axis"],
        },
        "barmode": "overlay",
        "xaxis": _AXIS,
        "yaxis": {"fixedrange": True, "visible": False},
        "annotationdefaults": {
            "showarrow": False,
            "align": "left",
            "xanchor": "left",
            "xref": "paper",
            "font": {"size": 14, "color": LIGHT["ink"]},
        },
    },
    "data": {
        "bar": [
            {
                "orientation": "h",
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                # Not textfont: Plotly takes its colour for text in a bar only from the trace itself.
                "insidetextfont": {"size": 14, "color": LIGHT["on_mark"]},
                "hoverinfo": "text",
                "cliponaxis": False,
            }
        ],
        "scatter": [
            {
                "hoverinfo": "text",
                "textposition": "middle right",
                "textfont": {"size": 14, "color": LIGHT["ink"]},
                "cliponaxis": False,
            }
        ],
    },
}
