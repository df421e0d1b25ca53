"""What `macroscope world --help` says."""

from collections.abc import Mapping
from textwrap import wrap

WIDTH = 79

SPECS = {
    "NAME": "a pattern such as glider, gosper-gun, rule-30 or langtons-loop, or a world of the "
    "gallery such as world-lenia",
    "FILE": ".rle .rle.gz .cells .mc .mc.gz .lif .mcl .json .npy .png; a rule by name is read "
    "from NAME.rule beside it",
    "FILE.json#CODE": "of a file of Lenia animals the first with that code; #3 is the entry at "
    "that position, counted from 0",
    "FILE.npy#RULE": "an array or a picture as cells of a rule",
    "soup:RULE": "random cells on a torus, soup:B3/S23:size=256x256,density=0.3",
    "elementary:N": "a ring with one cell alive, elementary:30:width=601",
    "margolus:NAME": "a random square under a rule of blocks, margolus:critters",
    "particle-lenia": "particles of a plane, particle-lenia:n=200",
    "flow-lenia:NAME": "a patch of mass that is kept, flow-lenia:drops",
}
"""Ways to name a world, with what each is."""


def text_of_actions(actions: Mapping[str, str]) -> str:
    """Return what can be done, one action a paragraph."""
    rows = {f"SPEC {name}": what for name, what in actions.items()}
    rows["search"] = "look for creatures of Lenia and keep the best of each kind"
    return "\n".join(
        [
            "Cellular worlds: run, draw, convert and try one, or search for new ones.",
            "",
            *_table(rows),
            "",
            "macroscope world SPEC ACTION --help tells the options of an action.",
        ]
    )


def text_of_specs() -> str:
    """Return what SPEC may be."""
    return "\n".join(["SPEC is one of", "", *_table(SPECS)])


def _table(rows: Mapping[str, str]) -> list[str]:
    indent = max(map(len, rows)) + 4
    lines = []
    for name, what in rows.items():
        first, *rest = wrap(what, WIDTH - indent, break_on_hyphens=False)
        lines.append(f"  {name:<{indent - 2}}{first}")
        lines += [" " * indent + line for line in rest]
    return lines
