"""Small pattern files in every text format, as other programs write them."""

GLIDER_RLE = "#N Glider\n#C It flies.\nx = 3, y = 3, rule = B3/S23\nbob$2bo$3o!\n"
STATES_RLE = "x = 7, y = 1, rule = 012345678/3/256\nXpApXqAxXyAyO!\n"
TORUS_RLE = "#CXRLE Pos=-2,-2 Gen=12\nx = 3, y = 3, rule = B3/S23:T24,16\nbo$2bo$3o!\n"
GLIDER_CELLS = "!Name: Glider\n!\n.O\n..O\nOOO\n"
GLIDER_105 = "#Life 1.05\n#D Glider\n#N\n#P -1 -1\n.*\n..*\n***\n"
GLIDER_106 = "#Life 1.06\n0 -1\n1 0\n-1 1\n0 1\n1 1\n"
BLOCK_MCL = "#MCell 4.00\n#GAME Generations\n#RULE 345/2/4\n#BOARD 40x30\n#WRAP 1\n#L 2A$A.B\n"
GLIDER_MC = "[M2] (golly 3.3)\n#R B3/S23\n#G 7\n$$$$$$$.......*$\n$$$$$$**$\n4 1 0 2 0\n"
WIRES_MC = "[M2] (golly 3.3)\n#R WireWorld\n1 1 2 3 3\n2 1 0 0 1\n"
ANIMALS_JSON = """[
{"code": ">1", "name": "a heading"},
{"code": "O2u", "name": "Orb", "cname": "",
 "params": {"R": 13, "T": 10, "b": "1", "m": 0.15, "s": 0.015, "kn": 1, "gn": 1},
 "cells": "7.MD6.qL$6.pKqEqFyO!"},
{"code": "two", "name": "", "cname": "",
 "params": [{"b": "1,1/3", "m": 0.2, "s": 0.02, "h": 1, "r": 0.5, "c": [0, 1]},
            {"b": "1", "m": 0.1, "s": 0.01, "h": 0.5, "r": 1, "c": [1, 0]}],
 "settings": {"R": 9, "T": 4, "kn": 1, "gn": 1},
 "cells": ["o$.o!", "2o!"]},
{"code": "cube", "name": "", "cname": "", "params": {"R": 5, "T": 2, "b": "1", "m": 0.1,
 "s": 0.01, "kn": 1, "gn": 1}, "cells": "o$.o%2o!"}
]"""
WIRES_RULE = """@RULE Wires
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
1,a,b,c,d,e,f,g,h,2
2,a,b,c,d,e,f,g,h,3
@COLORS
1 0 128 255
"""
