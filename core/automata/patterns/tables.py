"""Rule tables that come with the program, in the form of .rule files."""

from functools import cache

from core.automata.formats.rule_file import rule_of_file_text
from core.automata.patterns import langton_loop
from core.automata.rules.rule_table import RuleTable

WIRE_WORLD = """@RULE WireWorld
@TABLE
n_states:4
neighborhood:Moore
symmetries:permute
var a={0,1,2,3}
var b={a}
var c={a}
var d={a}
var e={a}
var f={a}
var g={a}
var h={a}
var i={0,2,3}
var j={i}
var k={i}
var l={i}
var m={i}
var n={i}
var o={i}
1,a,b,c,d,e,f,g,h,2
2,a,b,c,d,e,f,g,h,3
3,1,i,j,k,l,m,n,o,1
3,1,1,i,j,k,l,m,n,1
@COLORS
0 48 48 48
1 86 180 233
2 255 255 255
3 230 159 0
"""
"""Silverman (1987): a head becomes a tail, a tail wire, and wire a head by one or two heads."""

TABLES = {"wireworld": WIRE_WORLD}


@cache
def shipped_table(name: str) -> RuleTable | None:
    """Return the table that comes with the program under a name, None without one."""
    if name.lower() == langton_loop.NAME.lower():
        return langton_loop.loop_rule()
    text = TABLES.get(name.lower())
    return None if text is None else rule_of_file_text(text, f"{name}.rule")
