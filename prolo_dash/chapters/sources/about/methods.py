"""Methods: how each kind of number is worked out, and where the formula comes from."""

from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import stack
from prolo_dash.kit.view import Cell, Rendering, Row, SourceLink, Table
from prolo_dash.stats.replay import REPEATS

# Key; number; what it is; its 95% interval; where the formula comes from. As the docstrings in prolo_dash/stats say it.
# Names of the topic stand in braces.
_METHODS = (
    (
        "share",
        "People counted as better",
        "Those counted as better, divided by all in the group.",
        "Score interval, without continuity correction",
        "Wilson 1927",
    ),
    (
        "risk_difference",
        "Risk difference",
        "One group's share minus the other group's share, per 100 people.",
        "Hybrid score interval (method 10)",
        "Newcombe 1998",
    ),
    (
        "number_needed",
        "Number needed to treat",
        "1 divided by the risk difference, rounded up. NNTB for a gain, NNTH for a harm.",
        "The limits of the risk difference, inverted; through infinity where they span zero",
        "Altman 1998",
    ),
    (
        "mean",
        "Average gain",
        "As printed; or the score at the end minus the score at the start, turned so that higher is better.",
        "As printed, else t with n − 1 degrees of freedom; none for an end score minus a start score",
        "Student 1908",
    ),
    (
        "mean_difference",
        "Mean difference",
        "One group's average minus the other group's average.",
        "Welch's t interval with Satterthwaite's degrees of freedom",
        "Welch; Satterthwaite 1946",
    ),
    (
        "hedges",
        "Standardised difference (Hedges g)",
        "The mean difference in standard deviations, with the exact factor for small groups.",
        "Normal interval; variance as in metafor (SMD, LS)",
        "Hedges 1981",
    ),
    (
        "contextual_share",
        "Contextual share",
        "The control group's gain divided by the gain after {intervention}. It may be above 100%. Without a gain after "
        "{intervention} there is none.",
        "On the log scale; for counts that of the inverse risk ratio",
        "Zou 2016; Katz 1978",
    ),
    (
        "split",
        "Three-way split",
        "The gain without {procedures}; the control group's gain minus that; the gain after {intervention} minus the "
        "control group's gain. Parts may be negative.",
        "Each part has its own, as for shares, averages and their differences",
        "the formulas above",
    ),
    (
        "fisher",
        "p value of two counts",
        "Fisher's exact test, two-sided: all tables at most as likely as the one found.",
        "none",
        "Irwin 1935",
    ),
    (
        "fragility",
        "Fragility index",
        "How many more good outcomes, in the group with fewer, until the p value is 0.05 or more.",
        "none",
        "Walsh 2014",
    ),
    (
        "pooled",
        "Average of several trials",
        "Random effects; how much the trials differ is found by REML.",
        "Hartung and Knapp, t with one degree of freedom less than trials",
        "Viechtbauer 2005; Hartung and Knapp 2001",
    ),
    (
        "prediction",
        "Prediction interval",
        "Where the true result of one more such trial is expected.",
        "t with one degree of freedom less than trials",
        "Higgins 2009",
    ),
    (
        "heterogeneity",
        "I² and tau²",
        "tau² is how much the true results differ; I² is its share of all the spread.",
        "none",
        "Higgins and Thompson 2002",
    ),
    (
        "replay",
        "Replay of a trial",
        f"The trial is drawn {REPEATS:,} times on a computer under a stated truth, the same draws on every visit. "
        "Counts are judged by Fisher's test, scores by Welch's test.",
        "none",
        "numpy's PCG64",
    ),
    (
        "exaggeration",
        "Exaggeration and wrong sign",
        "Among replays that are significant: how much too large they are on average, and how many point the wrong way.",
        "none",
        "Gelman and Carlin 2014",
    ),
    (
        "size",
        "Size of a better trial",
        "People a group for 80% power at p below 0.05. Counts: normal approximation, corrected.",
        "none",
        "Fleiss 1981; Fleiss, Tytun and Ury 1980",
    ),
)


_FORMULAS = (
    SourceLink(
        "Interval estimation for the difference between independent proportions: Comparison of eleven methods. "
        "Newcombe, Statist Med 1998;17:873-890",
        "https://www.researchgate.net/publication/13687790_Interval_estimation_for_the_difference_between_independent_"
        "proportions_Comparison_of_eleven_methods",
        "a formula, or how it is used",
    ),
    SourceLink(
        "Confidence intervals for the number needed to treat. Altman, BMJ 1998;317:1309-1312",
        "https://doi.org/10.1136/bmj.317.7168.1309",
        "a formula, or how it is used",
    ),
    SourceLink(
        "Examination of overall treatment effect and the proportion attributable to contextual effect in "
        "osteoarthritis: meta-analysis of randomised controlled trials. Zou et al., Ann Rheum Dis "
        "2016;75(11):1964-1970",
        "https://doi.org/10.1136/annrheumdis-2015-208387",
        "a formula, or how it is used",
    ),
    SourceLink(
        "The statistical significance of randomized controlled trial results is frequently fragile: a case for a "
        "Fragility Index. Walsh et al., J Clin Epidemiol 2014;67(6):622-628 (PubMed record read in a copy)",
        "https://doi.org/10.1016/j.jclinepi.2013.10.019",
        "a formula, or how it is used",
    ),
    SourceLink(
        "The Hartung-Knapp-Sidik-Jonkman method for random effects meta-analysis is straightforward and considerably "
        "outperforms the standard DerSimonian-Laird method. IntHout et al., BMC Med Res Methodol 2014;14:25",
        "https://doi.org/10.1186/1471-2288-14-25",
        "a formula, or how it is used",
    ),
    SourceLink(
        "Plea for routinely presenting prediction intervals in meta-analysis. IntHout et al., BMJ Open 2016",
        "https://doi.org/10.1136/bmjopen-2015-010247",
        "a formula, or how it is used",
    ),
)


def facts(_: Library) -> tuple[str, ...]:
    """Keys of the kinds of numbers that are worked out here."""
    return tuple(key for key, *_ in _METHODS)


def render(library: Library) -> Rendering:
    """Every kind of number."""
    names = {"intervention": library.topic.intervention, "procedures": library.topic.procedures}
    found = tuple(
        Row(f"method-{key}", tuple(Cell(text.format_map(names)) for text in texts)) for key, *texts in _METHODS
    )
    return Rendering(
        sentence=(
            f"**{len(found)}** kinds of numbers are worked out on this page. Each has one formula, from the paper that "
            "is named beside it. Where a trial prints too little for an interval, none is shown."
        ),
        chart=stack(()),
        table=Table("How each number is made.", ("Number", "What it is", "95% interval", "Formula from"), found),
        alt="No chart: a list of numbers and their formulas.",
        how_to_read=(
            "All other figures stand as they were printed. No gap is ever filled by a guess, and no half case is added "
            "to a group without one. Where a difference can't be worked out but is printed, the printed one is shown.",
            "Tests hold our numbers against printed examples and against metafor, a program for pooling trials. The "
            "notebook methods.ipynb takes two trials apart step by step.",
        ),
        sources=_FORMULAS,
    )
