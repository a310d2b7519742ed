"""Words for sources: what kind each is, what was read in it, and what could not be verified."""

from prolo_dash.evidence.reading import Lack, SourceReading
from prolo_dash.kit.wording import FLAG_LABEL, count

# Kind of source -> its name for one of them, and for all.
KINDS = {
    "rct": ("trial", "Trials"),
    "observational": ("study without random groups", "Studies without random groups"),
    "systematic_review": ("review of trials", "Reviews of trials"),
    "meta_research": ("placebo and methods research", "Placebo and methods research"),
    "guideline": ("guideline", "Guidelines"),
    "organisation": ("insurer or other body", "Insurers and other bodies"),
    "article": ("article or web page", "Articles and web pages"),
}

# What a table that names its source holds: for one row, and for several.
_HOLDS = {
    "benchmarks": ("figure of placebo research", "figures of placebo research"),
    "thresholds": ("figure of the smallest change people notice", "figures of the smallest change people notice"),
    "positions": ("position", "positions"),
    "prices": ("price", "prices"),
    "contraindications": ("reason against it", "reasons against it"),
    "harm_reports": ("report of harm", "reports of harm"),
    "mechanisms": ("theory", "theories"),
    "history": ("fact of its history", "facts of its history"),
}
_LACKS = {
    Lack.NUMBER: "no DOI or PubMed number seen",
    Lack.TITLE: "title not checked",
    Lack.YEAR: "year not seen",
    Lack.SECOND_HAND: "position read at second hand",
    Lack.SECONDARY_SOURCE: FLAG_LABEL["secondary_source"],
    Lack.PARTIAL_REPORT: FLAG_LABEL["partial_report"],
}


def read_words(reading: SourceReading) -> str:
    """What was read in a source."""
    own, parts = reading.held, []
    if own["studies"]:
        studies = count(own["studies"], "study", "studies")
        parts.append(f"{count(own['figures'], 'figure')} of {studies}" if own["figures"] else studies)
    if own["contrasts"]:
        parts.append(count(own["contrasts"], "comparison of two groups", "comparisons of two groups"))
    if own["trial_facts"]:
        parts.append(f"{count(own['trial_facts'], 'statement')} on what protects the result")
    parts += [count(own[table], *words) for table, words in _HOLDS.items() if own[table]]
    return "; ".join(parts) or "no figure is filed under it"


def lack_words(reading: SourceReading) -> str:
    """What could not be verified of a source."""
    return "; ".join(_LACKS[lack] for lack in reading.lacks) or "nothing to note"
