"""The rule on whether people could tell their group, in words."""

from prolo_dash.evidence.blinding import CouldTell
from prolo_dash.evidence.topic import Topic

COULD_TELL: dict[CouldTell, str] = {
    "no": "people could not tell",
    "unclear": "not clear if people could tell",
    "yes": "people could tell",
    "not_seen": "if people could tell was not seen",
}


def blinding_rule(topic: Topic) -> str:
    """When people could not tell what they got, and when that is not clear: what ``evidence/blinding.py`` does."""
    return (
        f"a page says so of all, or of the {topic.intervention} group and the group it is compared with. Not clear: a "
        "trial is called blinded and no page says who was, only others were, or pages differ."
    )
