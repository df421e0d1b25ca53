"""The panels below the net as the bench knows them before they are made; no heavy imports here.

A panel is added with one line: its id is also the prefix of its actions ("levels.step").
"""

from app.benches.networks.levels.actions import LEVELS_ACTIONS
from app.benches.networks.questions.actions import (
    CASES_ACTIONS,
    INFLUENCE_ACTIONS,
    QUERIES_ACTIONS,
    SEPARATION_ACTIONS,
)
from app.graphical.panel_deck import PanelSpec
from app.shell.actions import ActionSpec

PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "levels",
        "Levels",
        "levels",
        "Watch naive sums, variable elimination, the clique tree and all pairs, step by step.",
        "app.benches.networks.levels.panel:LevelsPanel",
        "Ctrl+3",
        LEVELS_ACTIONS,
    ),
    PanelSpec(
        "separation",
        "Separation",
        "separation",
        "See which nodes can learn from which, and what the structure alone says.",
        "app.benches.networks.questions.separation_panel:SeparationPanel",
        "Ctrl+4",
        SEPARATION_ACTIONS,
    ),
    PanelSpec(
        "queries",
        "Queries",
        "queries",
        "Ask for joint tables, for the most probable explanation, and how likely the findings are.",
        "app.benches.networks.questions.queries_panel:QueriesPanel",
        "Ctrl+5",
        QUERIES_ACTIONS,
    ),
    PanelSpec(
        "influence",
        "Influence",
        "influence",
        "See what the findings moved, what would tell most, and which numbers matter.",
        "app.benches.networks.questions.influence_panel:InfluencePanel",
        "Ctrl+6",
        INFLUENCE_ACTIONS,
    ),
    PanelSpec(
        "cases",
        "Cases",
        "cases",
        "Draw cases from the net, and answer files of cases.",
        "app.benches.networks.questions.cases_panel:CasesPanel",
        "Ctrl+7",
        CASES_ACTIONS,
    ),
)

PANEL_ACTIONS: tuple[ActionSpec, ...] = tuple(
    action for panel in PANELS for action in (panel.show_action, *panel.actions)
)
