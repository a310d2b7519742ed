"""Words of the topic in sentences: a role's name, and a name with its indefinite article."""

from prolo_dash.evidence.records import Role
from prolo_dash.evidence.topic import Topic


def role_name(topic: Topic, role: Role) -> str:
    """What a group of a role got, as labels and tables say it."""
    names: dict[Role, str] = {
        "intervention": topic.intervention,
        "control": topic.control,
        "untreated": topic.untreated_in_full,
        "other": topic.other,
    }
    return names[role]


def indefinite(name: str) -> str:
    """``a control injection``, ``an operation``."""
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"
