"""Text as LaTeX sets it: special characters escaped, Greek and common symbols as mathematics."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": r"{-}",  # two in a row would become a dash
    ",": r"{,}",  # and two commas a quotation mark
    "\u00a0": "~",
    "\u2026": r"\ldots{}",
    "\u2013": "--",
    "\u2014": "---",
}
_SMALL_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho"
    " varsigma sigma tau upsilon phi chi psi omega"
).split()
_LARGE_GREEK = (
    "A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P - Sigma T Upsilon Phi X Psi Omega"
).split()
_MATHEMATICS = {
    "\u00ac": "neg",
    "\u00b1": "pm",
    "\u00b7": "cdot",
    "\u00d7": "times",
    "\u2190": "leftarrow",
    "\u2192": "rightarrow",
    "\u2194": "leftrightarrow",
    "\u21d2": "Rightarrow",
    "\u2200": "forall",
    "\u2203": "exists",
    "\u2205": "emptyset",
    "\u2208": "in",
    "\u2211": "sum",
    "\u2212": "-",
    "\u221a": "surd",
    "\u221e": "infty",
    "\u2223": "mid",
    "\u2225": "parallel",
    "\u2227": "wedge",
    "\u2228": "vee",
    "\u2229": "cap",
    "\u222a": "cup",
    "\u2248": "approx",
    "\u2260": "neq",
    "\u2264": "leq",
    "\u2265": "geq",
    "\u22a5": "perp",
}
_SUBSCRIPTS = "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089"
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"


def tex_text(text: str) -> str:
    """Return `text` as LaTeX source that sets it literally, on one line."""
    return "".join(_ESCAPES.get(character, _visible(character)) for character in text)


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return character if character.isprintable() else "?"


def _mathematics(name: str) -> str:
    command = f"\\{name}" if len(name) > 1 else name
    return rf"\ensuremath{{{command}}}"


def _escapes() -> dict[str, str]:
    escapes = dict(_SPECIAL)
    for first, names in (("\u03b1", _SMALL_GREEK), ("\u0391", _LARGE_GREEK)):
        letters = (chr(ord(first) + index) for index in range(len(names)))
        escapes.update({c: _mathematics(n) for c, n in zip(letters, names, strict=True)})
    del escapes["\u03a2"]  # not a letter: the capital of the final sigma
    escapes.update({character: _mathematics(name) for character, name in _MATHEMATICS.items()})
    for digit in range(10):
        escapes[_SUBSCRIPTS[digit]] = rf"\ensuremath{{_{{{digit}}}}}"
        escapes[_SUPERSCRIPTS[digit]] = rf"\ensuremath{{^{{{digit}}}}}"
    return escapes


_ESCAPES = _escapes()
