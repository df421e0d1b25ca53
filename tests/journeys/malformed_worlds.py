"""More than two hundred files that begin like worlds and are none, by name, ending and bytes."""

import gzip
import io
import json

import numpy as np
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from core.automata.formats.animals import text_of_animal
from core.automata.formats.world_json import json_of_world
from core.automata.patterns import pattern_world
from tests.core.automata.pattern_files import ANIMALS_JSON, GLIDER_MC, GLIDER_RLE, STATES_RLE

HEAD = "x = 3, y = 3, rule = B3/S23\n"

RLE = {
    "nothing": "",
    "blanks": " \n\n",
    "no head": "bob$2bo$3o!\n",
    "prose": "Dear Sir or Madam, what a day it was?\n",
    "a web page": "<!DOCTYPE html><html><body>404</body></html>",
    "width in words": "x = three, y = 3, rule = B3/S23\nbob$2bo$3o!\n",
    "height missing": "x = 3, rule = B3/S23\nbob$2bo$3o!\n",
    "negative width": "x = -3, y = 3, rule = B3/S23\nbob$2bo$3o!\n",
    "a letter": HEAD + "bob$2zo$3o!\n",
    "a bracket": HEAD + "bob$(2bo)$3o!\n",
    "count without end": HEAD + f"{10**12}o!\n",
    "rows without end": HEAD + f"o{10**12}$o!\n",
    "huge count of digits": HEAD + "9" * 5000 + "o!\n",
    "state too high": "x = 2, y = 1, rule = B3/S23\nCD!\n",
    "state of three letters": "x = 2, y = 1, rule = 345/2/4\nppA!\n",
    "prefix alone": "x = 2, y = 1, rule = 345/2/30\np!\n",
    "unknown rule": "x = 1, y = 1, rule = NoSuchRule\no!\n",
    "impossible rule": "x = 1, y = 1, rule = B9/S23\no!\n",
    "rule of nothing": "x = 1, y = 1, rule = B3/S23/S4/7/8\no!\n",
    "states without end": f"x = 1, y = 1, rule = 345/2/{10**9}\no!\n",
    "torus of words": "x = 1, y = 1, rule = B3/S23:Tten,ten\no!\n",
    "torus too large": f"x = 1, y = 1, rule = B3/S23:T{10**9},{10**9}\no!\n",
    "unknown topology": "x = 1, y = 1, rule = B3/S23:Q30,30\no!\n",
    "margolus of nothing": "x = 1, y = 1, rule = M0,8,4\no!\n",
    "larger than life of words": "x = 1, y = 1, rule = R5,Cx,M1,S34..58,B34..45,NM\no!\n",
}

CELLS = {
    "numbers": "!Name: Glider\n.1\n..2\n333\n",
    "letters": "!\n.A\n..B\nCCC\n",
    "prose": "Dear Sir or Madam,\n",
    "a web page": "<html>\n",
    "a tab": "!\n.\tO\n",
}

MACROCELL = {
    "nothing": "",
    "no head": "#R B3/S23\n$$$$$$$.......*$\n",
    "a node of nothing": "[M2]\n#R B3/S23\n4 1 2 3 4\n",
    "a node before its children": "[M2]\n#R B3/S23\n$$*$\n4 3 1 0 0\n$*$\n",
    "a node of three": "[M2]\n#R B3/S23\n$$*$\n4 1 0 0\n",
    "a node of words": "[M2]\n#R B3/S23\n$$*$\n4 one 0 0 0\n",
    "a negative child": "[M2]\n#R B3/S23\n$$*$\n4 -1 0 0 0\n",
    "level 2 of two states": "[M2]\n#R B3/S23\n$$*$\n2 1 0 0 0\n",
    "a level skipped": "[M2]\n#R B3/S23\n$$*$\n6 1 0 0 0\n",
    "level without end": "[M2]\n#R B3/S23\n$$*$\n4000000 1 0 0 0\n",
    "nine rows": "[M2]\n#R B3/S23\n$$$$$$$$$$*$\n",
    "nine columns": "[M2]\n#R B3/S23\n........*$\n",
    "a strange leaf": "[M2]\n#R B3/S23\n..x$\n",
    "state too high": "[M2]\n#R 345/2/4\n1 1 2 3 9\n",
    "negative state": "[M2]\n#R 345/2/4\n1 1 2 3 -1\n",
    "unknown rule": "[M2]\n#R NoSuchRule\n$$*$\n",
    "generation of words": "[M2]\n#R B3/S23\n#G ten\n$$*$\n",
    "a web page": "<html>\n",
}

LIFE_FILES = {
    "105 of words": "#Life 1.05\n#P one two\n.*\n",
    "105 with letters": "#Life 1.05\n#P 0 0\n.x\n",
    "105 with a strange rule": "#Life 1.05\n#R 9/99\n#P 0 0\n*\n",
    "106 of words": "#Life 1.06\none two\n",
    "106 of one number": "#Life 1.06\n1\n",
    "106 of three numbers": "#Life 1.06\n1 2 3\n",
    "106 of fractions": "#Life 1.06\n1.5 2.5\n",
    "106 far away": f"#Life 1.06\n0 0\n{10**30} 0\n",
    "107": "#Life 1.07\n0 0\n",
    "prose": "Dear Sir or Madam,\n",
    "a web page": "<html>\n",
}

MCELL = {
    "nothing": "",
    "unknown game": "#MCell 4.00\n#GAME Chess\n#RULE 1\n#L A.B\n",
    "rule of words": "#MCell 4.00\n#GAME Life\n#RULE three\n#L A.B\n",
    "board of words": "#MCell 4.00\n#GAME Life\n#RULE 23/3\n#BOARD a b\n#L A.B\n",
    "a strange run": "#MCell 4.00\n#GAME Life\n#RULE 23/3\n#BOARD 20x20\n#L A?B\n",
    "a run without end": f"#MCell 4.00\n#GAME Life\n#RULE 23/3\n#L {10**12}A\n",
    "a web page": "<html>\n",
}


def animal(**changes):
    """Return the text of an animals file with one animal that is changed."""
    one = {
        "code": "O2u",
        "name": "Orb",
        "params": {"R": 13, "T": 10, "b": "1", "m": 0.15, "s": 0.015, "kn": 1, "gn": 1},
        "cells": "7.MD6.qL$6.pKqEqFyO!",
    }
    one["params"] = one["params"] | changes.pop("params", {})
    return json.dumps([{**one, **changes}])


ANIMALS = {
    "a number": '{"cells": 1}'.replace("{", "[").replace("}", "]").replace(": ", ", "),
    "an animal of nothing": '[{"code": "x", "cells": "o!"}]',
    "radius of words": animal(params={"R": "wide"}),
    "no radius": animal(params={"R": 0}),
    "a negative radius": animal(params={"R": -13}),
    "radius without end": animal(params={"R": 10**9}),
    "no time": animal(params={"T": 0}),
    "rings of words": animal(params={"b": "one,two"}),
    "rings of nothing": animal(params={"b": ""}),
    "mu of words": animal(params={"m": "mu"}),
    "no sigma": animal(params={"s": 0}),
    "a kernel of nothing": animal(params={"kn": 99}),
    "a growth of nothing": animal(params={"gn": 99}),
    "cells of numbers": animal(cells=17),
    "cells without end": animal(cells=f"{10**12}o!"),
    "strange cells": animal(cells="7.M?6.qL$6.p*K!"),
    "params of words": json.dumps([{"code": "x", "params": "yes", "cells": "o!"}]),
    "params of numbers": json.dumps([{"code": "x", "params": [1, 2], "cells": "o!"}]),
    "headings alone": json.dumps([{"code": ">1", "name": "a heading", "cells": ""}]),
    "cells of nothing": json.dumps([{"code": "x", "params": {"R": 13, "T": 10}, "cells": None}]),
}


def own_records():
    """Return own files of worlds whose record is damaged, by what was done to it."""
    whole = json.loads(json_of_world(pattern_world("glider")))
    changes = {
        "rule": (None, 5, "B9/S99", [], {"a": 1}, "NoSuchRule"),
        "topology": (5, "Q12", "torus", [], {"kind": "moebius"}),
        "generation": ("ten", -1, 1.5, None, []),
        "seed": ("a", 1.5, []),
        "origin": ("x", [1], [1, 2, 3], [1.5, 2.5]),
        "cells": (None, 17, "?", "9999999999o!", {}, []),
        "name": (5, []),
        "format": (99, "x"),
    }
    for key, values in changes.items():
        if key in whole:
            for number, value in enumerate(values):
                yield f"own {key} {number}", json.dumps({**whole, key: value})


def array_bytes(array, **more):
    file = io.BytesIO()
    np.save(file, array, **more)
    return file.getvalue()


def arrays():
    """Return arrays that are no world, and damaged ones."""
    whole = array_bytes(np.ones((8, 8), dtype=np.uint8))
    yield "npy of nothing", b""
    yield "npy of words", array_bytes(np.array(["a", "b"]))
    yield "npy of objects", array_bytes(np.array([{}], dtype=object), allow_pickle=True)
    yield "npy of nan", array_bytes(np.full((4, 4), np.nan))
    yield "npy of infinity", array_bytes(np.full((4, 4), np.inf))
    yield "npy of complex numbers", array_bytes(np.ones((4, 4), dtype=complex))
    yield "npy of no cells", array_bytes(np.zeros((0, 5), dtype=np.uint8))
    yield "npy of one number", array_bytes(np.array(3))
    yield "npy of six dimensions", array_bytes(np.zeros((2,) * 6))
    yield "npy of negative states", array_bytes(np.full((4, 4), -3))
    yield "npy of large states", array_bytes(np.full((4, 4), 4000))
    yield "npy of another magic", b"\x93NUMPX" + whole[6:]
    yield "npy of a strange head", whole[:10] + b"import os" + whole[19:]
    yield "npy without end", whole.replace(b"(8, 8)", b"(8000000, 8000000)"[:6])
    yield from ((f"npy cut at {size}", whole[:size]) for size in range(1, len(whole), 12))


def cut(text, count):
    """Return beginnings of a text, none of them whole."""
    data = text.encode()
    return ((f"cut at {i} of {count}", data[: len(data) * i // count]) for i in range(count))


def files():
    """Yield (name, ending, bytes) of every malformed file."""
    groups = (
        (RLE, ".rle"),
        (CELLS, ".cells"),
        (MACROCELL, ".mc"),
        (LIFE_FILES, ".lif"),
        (MCELL, ".mcl"),
        (ANIMALS, ".json"),
    )
    for texts, ending in groups:
        for name, text in texts.items():
            yield f"{name}{ending}", ending, text.encode()
    for ending in (".rle", ".cells", ".mc", ".lif", ".mcl"):
        yield f"bytes{ending}", ending, bytes(range(256)) * 4
        yield f"utf-16{ending}", ending, GLIDER_RLE.encode("utf-16")
    for name, text in own_records():
        yield name, ".json", text.encode()
    own = json_of_world(pattern_world("gosper-gun"))
    species = text_of_animal(pattern_world("swift-glider")).rstrip().removesuffix("]")
    for text, count in ((own.rstrip(), 16), (species, 16), (ANIMALS_JSON.removesuffix("]"), 16)):
        for name, data in cut(text, count):
            yield f"{name} json", ".json", data
    for name, data in arrays():
        yield name, ".npy", data
    for name, text in (("rle", GLIDER_RLE * 40), ("mc", GLIDER_MC), ("rle", STATES_RLE)):
        packed = gzip.compress(text.encode(), mtime=0)
        for size in range(1, len(packed) - 1, max(1, len(packed) // 8)):
            yield f"gz cut at {size}", f".{name}.gz", packed[:size]


def pictures():
    """Yield (name, ending, bytes) of pictures that cannot be opened as pictures."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x123456)
    picture.save(buffer, "PNG")
    whole = buffer.data().data()
    for size in range(0, len(whole) - 20, max(1, len(whole) // 10)):
        yield f"png cut at {size}", ".png", whole[:size]
    for ending in (".png", ".jpg", ".gif", ".bmp"):
        yield f"prose{ending}", ending, b"Dear Sir or Madam,\n"
