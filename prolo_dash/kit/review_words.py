"""What published reviews find, in words."""

from prolo_dash.evidence.judged_records import Finding
from prolo_dash.evidence.topic import Topic

NOT_GRADED = "not graded, or the grade was not seen"


def finding_words(topic: Topic, finding: Finding) -> str:
    """What a result finds, in words."""
    words: dict[Finding, str] = {
        "favours_comparator": f"worse after {topic.intervention}",
        "no_difference": "no clear difference",
        "mixed": "not the same for all results",
        "favours_intervention": f"better after {topic.intervention}",
        "not_stated": "no clear statement seen",
    }
    return words[finding]
