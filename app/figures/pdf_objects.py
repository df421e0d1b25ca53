"""The objects of a PDF that Qt wrote, to be amended and written again with a fresh cross-reference.

Only for our own output: one plain cross-reference table, generation 0 throughout. Qt writes fonts
in the order of a hash that differs from process to process, so objects are numbered anew in the
order in which they are reached from the catalogue.
"""

import hashlib
import re

from app.figures.carried import ATTACHMENT_NAME, PDF_MARK, packed

_OBJECT = re.compile(rb"\s*\d+ 0 obj\s*(.*?)\s*endobj\s*", re.DOTALL)
_BOX = re.compile(rb"/(MediaBox|TrimBox) \[[^\]]*\]")
_DATE = re.compile(rb"/(?:CreationDate|ModDate) \([^)]*\)\n?")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_FONT_TAG = re.compile(rb"/FontName /Q[A-Z]{5}\+")
_NAMES = re.compile(rb"/Names \d+ 0 R\n?")


class PdfObjects:
    """The numbered objects of one PDF, its catalogue and its information among them."""

    def __init__(self, header: bytes, bodies: dict[int, bytes], root: int, info: int) -> None:
        self._header = header
        self._bodies = bodies
        self._root = root
        self._info = info

    @classmethod
    def parse(cls, data: bytes) -> "PdfObjects":
        """Take a PDF apart along its cross-reference table."""
        table = int(data[data.rindex(b"startxref") :].split()[1])
        trailer = data.index(b"trailer", table)
        lines = data[table:trailer].split(b"\n")
        entries = [line.split() for line in lines[2:] if line.strip()]
        starts = {n: int(entry[0]) for n, entry in enumerate(entries) if entry[2] == b"n"}
        ends = [*sorted(starts.values()), table]
        bodies = {}
        for number, start in starts.items():
            match = _OBJECT.fullmatch(data[start : ends[ends.index(start) + 1]])
            assert match is not None, f"object {number} of Qt's PDF has another form"
            bodies[number] = match.group(1)
        root, info = (_reference(key, data[trailer:]) for key in (b"Root", b"Info"))
        return cls(data[: ends[0]], bodies, root, info)

    def cut_pages(self, width_pt: float, height_pt: float) -> None:
        """Make every page exactly that large, keeping its bottom left corner."""
        box = b"/\\1 [0 0 %.6f %.6f]" % (width_pt, height_pt)
        for number, body in self._bodies.items():
            if b"/Type /Page\n" in body:
                self._bodies[number] = _BOX.sub(box, body)

    def forget_dates(self) -> None:
        """Leave out when the file was made, so that equal figures are equal files."""
        self._bodies[self._info] = _DATE.sub(b"", self._bodies[self._info])

    def set_subject(self, subject: str) -> None:
        """Put a sentence about the figure into the document's information."""
        if subject:
            text = b"<feff" + subject.encode("utf-16-be").hex().encode() + b">"
            self._amend(self._info, b"/Subject " + text)

    def attach(self, study: bytes) -> None:
        """Attach `study` as a file that a PDF reader lists and Macroscope finds."""
        name = ATTACHMENT_NAME.encode()
        stream = packed(study)
        file = self._add(
            PDF_MARK
            + b" true /Type /EmbeddedFile /Subtype /application#2Fx-macroscope-study"
            + b" /Filter /FlateDecode /Length %d /Params << /Size %d >>"
            % (len(stream), len(study)),
            stream,
        )
        specification = self._add(
            b"/Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R /UF %d 0 R >>"
            b" /AFRelationship /Source /Desc (The study that made this figure)"
            % (name, name, file, file)
        )
        self._bodies[self._root] = _NAMES.sub(b"", self._bodies[self._root])
        self._amend(
            self._root,
            b"/Names << /EmbeddedFiles << /Names [(%s) %d 0 R] >> >>\n/AF [%d 0 R]"
            % (name, specification, specification),
        )

    def _add(self, entries: bytes, stream: bytes | None = None) -> int:
        body = b"<< " + entries + b" >>"
        if stream is not None:
            body += b"\nstream\n" + stream + b"\nendstream"
        number = max(self._bodies) + 1
        self._bodies[number] = body
        return number

    def _amend(self, number: int, entries: bytes) -> None:
        body = self._bodies[number]
        assert body.endswith(b">>")
        self._bodies[number] = body[:-2] + entries + b"\n>>"

    def written(self) -> bytes:
        """Return the file: header, objects in order, cross-reference table and trailer."""
        order = self._reached()
        numbers = {old: new for new, old in enumerate(order, start=1)}
        data = bytearray(self._header)
        rows = [b"0000000000 65535 f \n"]
        for old in order:
            rows.append(b"%010d 00000 n \n" % len(data))
            body = _renumbered(self._bodies[old], numbers)
            data += b"%d 0 obj\n%s\nendobj\n" % (numbers[old], body)
        table = len(data)
        identity = hashlib.sha256(data).hexdigest()[:32].encode()
        size, info, root = len(rows), numbers[self._info], numbers[self._root]
        data += b"xref\n0 %d\n" % size + b"".join(rows)
        data += b"trailer\n<<\n/Size %d\n/Info %d 0 R\n/Root %d 0 R\n" % (size, info, root)
        data += b"/ID [<%s> <%s>]\n>>\nstartxref\n%d\n%%%%EOF\n" % (identity, identity, table)
        return bytes(data)

    def _reached(self) -> list[int]:
        """Return the numbers of all objects in use, in the order of the references to them."""
        order: list[int] = []
        waiting = [self._root, self._info]
        while waiting:
            number = waiting.pop(0)
            if number not in order:
                order.append(number)
                dictionary, _ = _parts(self._bodies[number])
                waiting += [int(found) for found in _REFERENCE.findall(dictionary)]
        return order


def _parts(body: bytes) -> tuple[bytes, bytes]:
    """Return an object's dictionary and its stream, the latter empty where there is none."""
    if not body.endswith(b"endstream"):
        return body, b""
    start = body.index(b"stream")
    return body[:start], body[start:]


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    dictionary, stream = _parts(body)
    dictionary = _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], dictionary)
    own = re.search(rb"/FontFile2 (\d+) 0 R", dictionary)
    if own is not None:  # a subset's name begins with six letters; Qt makes them of its own number
        tag = "".join(chr(ord("A") + int(digit)) for digit in f"{int(own[1]):06d}").encode()
        dictionary = _FONT_TAG.sub(b"/FontName /" + tag + b"+", dictionary)
    return dictionary + stream


def _reference(key: bytes, trailer: bytes) -> int:
    match = re.search(rb"/%s (\d+) 0 R" % key, trailer)
    assert match is not None, f"Qt's PDF has no {key.decode()}"
    return int(match.group(1))
