"""The condition categories a reader toggles."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A group of conditions: its name, its marker (never its colour), and the article's own name for it."""

    key: str
    label: str
    marker: str
    symbol: str
    article_group: str
    conditions: tuple[str, ...]


# ``marker`` is the Plotly marker symbol, ``symbol`` the same shape as a character.
CATEGORIES = (
    Category("osgood_schlatter", "Osgood-Schlatter", "diamond", "◆", "Osgood-Schlatter disease", ("osgood_schlatter",)),
    Category("knee_oa", "Knee osteoarthritis", "square", "■", "knee osteoarthritis", ("knee_osteoarthritis",)),
    Category(
        "finger_oa",
        "Finger and thumb osteoarthritis",
        "hexagon",
        "⬢",
        "finger osteoarthritis",
        ("finger_osteoarthritis",),
    ),
    Category("low_back", "Low back pain", "circle", "●", "low back pain", ("low_back_pain", "sacroiliac_joint")),
    Category(
        "tendons",
        "Tendons",
        "triangle-up",
        "▲",
        "tendon injury",
        ("lateral_elbow_tendon", "achilles_tendon", "rotator_cuff_tendon", "plantar_fascia", "patellar_tendon"),
    ),
    Category("groin", "Sports groin injury", "star", "★", "sports injury", ("groin_tendon",)),
)

# What a reader types in: it has no condition that could be toggled.
OWN = Category("own", "Your own trial", "circle", "●", "", ("own",))

BY_KEY = {category.key: category for category in CATEGORIES}
BY_CONDITION = {condition: category for category in (*CATEGORIES, OWN) for condition in category.conditions}

CONDITION_NAMES = {
    "osgood_schlatter": "Osgood-Schlatter",
    "knee_osteoarthritis": "Knee osteoarthritis",
    "finger_osteoarthritis": "Finger or thumb osteoarthritis",
    "low_back_pain": "Low back pain",
    "sacroiliac_joint": "Sacroiliac joint pain",
    "lateral_elbow_tendon": "Tennis elbow",
    "achilles_tendon": "Achilles tendon",
    "rotator_cuff_tendon": "Rotator cuff",
    "plantar_fascia": "Heel pain (plantar fascia)",
    "patellar_tendon": "Kneecap tendon",
    "groin_tendon": "Groin injury",
    "own": "Your own trial",
}
