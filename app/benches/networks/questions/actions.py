"""The actions and panels that ask questions, as the bench knows them before they are made."""

from app.shell.actions import ActionSpec

_MENU = "Questions"

SEPARATION_ACTIONS = (
    ActionSpec(
        "separation.from",
        "Ask what the selection can tell",
        "Follow the news of the selected nodes along open paths.",
        _MENU,
        "X",
        "separation",
        group="separation",
    ),
    ActionSpec(
        "separation.to",
        "Ask about the selection",
        "List the paths that lead to the selected nodes.",
        _MENU,
        "Y",
        None,
        group="separation",
    ),
    ActionSpec(
        "separation.given",
        "Take the selection as given",
        "Let the selected nodes be known where separation is asked.",
        _MENU,
        "Z",
        None,
        group="separation",
    ),
)

INFLUENCE_ACTIONS = (
    ActionSpec(
        "influence.shift",
        "Shift of beliefs",
        "See how far the findings moved every node.",
        _MENU,
        None,
        "influence",
        group="influence",
    ),
    ActionSpec(
        "influence.value",
        "Value of observing",
        "Sort the nodes by what observing them would tell about the selected one.",
        _MENU,
        None,
        None,
        group="influence",
    ),
    ActionSpec(
        "influence.sensitivity",
        "Sensitivity to parameters",
        "Sort the parameters by how much the selected node depends on them.",
        _MENU,
        None,
        None,
        group="influence",
    ),
)

QUERIES_ACTIONS = (
    ActionSpec(
        "queries.joint",
        "Joint of the selection",
        "Show the joint distribution of the selected nodes, given the findings.",
        _MENU,
        "J",
        "queries",
        group="queries",
    ),
    ActionSpec(
        "queries.explain",
        "Most probable explanation",
        "Show the most probable states of all nodes, or of chosen ones, given the findings.",
        _MENU,
        None,
        None,
        group="queries",
    ),
    ActionSpec(
        "queries.evidence",
        "Probability of the findings",
        "Show how likely the findings are, together and one by one.",
        _MENU,
        None,
        None,
        group="queries",
    ),
)

CASES_ACTIONS = (
    ActionSpec(
        "cases.sample",
        "Draw cases",
        "Draw cases from the net, each node after its parents.",
        _MENU,
        None,
        "cases",
        group="cases",
    ),
    ActionSpec(
        "cases.infer",
        "Answer a file of cases…",
        "Work out the posteriors for every case of a CSV file.",
        _MENU,
        None,
        None,
        group="cases",
    ),
)
