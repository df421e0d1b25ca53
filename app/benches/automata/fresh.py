"""New worlds of other families than Life; actions that need no open world."""

from functools import partial
from typing import Any

from app.shell.actions import ActionSpec
from app.shell.bench import BenchContext
from core.automata.patterns.fresh import FRESH, Fresh, fresh_world

MENU = "Study/New cellular world of"

FRESH_ACTIONS = tuple(
    ActionSpec(
        f"world.new_{each.id}",
        each.title,
        f"Add a new world to the study and open it: {each.hint[0].lower()}{each.hint[1:]}",
        MENU,
        None,
        "world",
        group="new",
    )
    for each in FRESH
)

ANYWHERE = {f"world.new_{each.id}": f"app.benches.automata.fresh:add_{each.id}" for each in FRESH}


def _add(kind: Fresh, context: BenchContext, _window: Any) -> None:
    context.document.add("world", kind.title, fresh_world(kind.rule()))


_BY_ID = {each.id: each for each in FRESH}
add_lenia = partial(_add, _BY_ID["lenia"])
add_flow = partial(_add, _BY_ID["flow"])
add_particles = partial(_add, _BY_ID["particles"])
add_solid_particles = partial(_add, _BY_ID["solid_particles"])
add_row = partial(_add, _BY_ID["row"])
