"""What the page opens with: each default is set, to a row that the view can show."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Row, Rule, Tables, arms_by_id, index, quote

NEEDED = ("claim", "comparison", "own_counts", "own_scores")


def _all_named(tables: Tables) -> Iterator[Problem]:
    named = {row["default_id"] for row in tables["defaults"].rows}
    for default in NEEDED:
        if default not in named:
            yield Problem("defaults.csv", None, "default_id", f"there is no row {quote(default)}", "add it")


def _rows_exist(tables: Tables) -> Iterator[Problem]:
    claims, outcomes = index(tables["claims"], "claim_id"), index(tables["outcomes"], "outcome_id")
    arms = arms_by_id(tables)
    for row in tables["defaults"].rows:
        if row["default_id"] == "claim":
            if (row["value"],) not in claims:
                wrong = f"{quote(row['value'])} is not in claims.csv"
                yield tables["defaults"].problem(row, "value", wrong, "name a claim_id")
        elif not is_comparison(row["value"], outcomes, arms):
            wrong = f"{quote(row['value'])} names no outcome with an intervention group of its study"
            yield tables["defaults"].problem(row, "value", wrong, "write outcome_id.arm_id")


def is_comparison(text: str, outcomes: dict[tuple[str, ...], Row], arms: dict[tuple[str, ...], Row]) -> bool:
    """Whether a text names an outcome and an intervention arm of its study."""
    outcome_id, _, arm_ids = text.partition(".")
    outcome = outcomes.get((outcome_id,))
    arm = arms.get((outcome["study_id"], arm_ids.partition(".")[0])) if outcome else None
    return arm is not None and arm["role"] == "intervention"


def _one_control(tables: Tables) -> Iterator[Problem]:
    outcomes = index(tables["outcomes"], "outcome_id")
    for row in tables["defaults"].rows:
        outcome_id, *arm_ids = row["value"].split(".")
        outcome = outcomes.get((outcome_id,))
        if outcome is None:
            continue
        own = [arm for arm in tables["arms"].rows if arm["study_id"] == outcome["study_id"]]
        controls = [arm["arm_id"] for arm in own if arm["role"] == "control"]
        if (len(controls) > 1) != (len(arm_ids) > 1):
            right = "add a point and the arm_id of one of them" if len(controls) > 1 else "leave the last part out"
            wrong = f"the study has {len(controls)} group{'s' * (len(controls) != 1)} with the role control"
            yield tables["defaults"].problem(row, "value", wrong, right)


RULES = (
    Rule("Every default is set.", ("defaults",), _all_named),
    Rule("What the page opens with exists.", ("defaults", "claims", "outcomes", "arms"), _rows_exist),
    Rule("A default comparison has exactly one control group.", ("defaults", "outcomes", "arms"), _one_control),
)
