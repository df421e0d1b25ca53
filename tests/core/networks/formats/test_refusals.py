"""Files of XMLBIF, Hugin, GeNIe and UAI that cannot be read: one sentence each, saying where."""

import pytest

from core.files.errors import FormatError
from core.networks.formats import hugin, uai, xdsl, xmlbif
from tests.core.networks.formats.malformed import BYTES, GOOD, TEXTS

MODULES = {".xml": xmlbif, ".net": hugin, ".xdsl": xdsl, ".uai": uai}
CASES = [(suffix, name) for suffix, cases in TEXTS.items() for name in cases]


@pytest.mark.parametrize(("suffix", "name"), CASES)
def test_a_malformed_file_is_refused_in_one_sentence_with_its_place(suffix, name, tmp_path):
    text, line, words = TEXTS[suffix][name]
    path = tmp_path / f"net{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=words) as caught:
        MODULES[suffix].read(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"net{suffix}, line " if line else f"net{suffix}")
    assert "\n" not in sentence
    assert len(sentence) < 300
    assert line is None or caught.value.line == line


@pytest.mark.parametrize("suffix", GOOD)
@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_file_are_refused_in_one_sentence(suffix, name, tmp_path):
    path = tmp_path / f"net{suffix}"
    path.write_bytes(BYTES[name](GOOD[suffix]))
    with pytest.raises(FormatError) as caught:
        MODULES[suffix].read(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"net{suffix}")
    assert "\n" not in sentence


@pytest.mark.parametrize("suffix", GOOD)
def test_a_file_cut_anywhere_is_refused(suffix):
    text = GOOD[suffix].strip()
    assert len(MODULES[suffix].parse(text)) == 2
    beginning = "net { }\n" if suffix == ".net" else ""  # alone it is a net without nodes
    for length in range(len(beginning) + 1, len(text)):
        with pytest.raises(FormatError):
            MODULES[suffix].parse(text[:length])


@pytest.mark.parametrize("suffix", GOOD)
def test_whatever_character_is_lost_the_answer_is_a_net_or_a_sentence(suffix):
    text = GOOD[suffix]
    for place in range(len(text)):
        for put in ("", "\x00", "<", '"', "(", "9"):
            try:
                MODULES[suffix].parse(text[:place] + put + text[place + 1 :])
            except FormatError as error:
                assert "\n" not in str(error)


@pytest.mark.parametrize("suffix", GOOD)
@pytest.mark.parametrize("piece", ['"', "%", "(", "{", '\\"', "a ", "<!--", "<a>", "&", "]]>"])
def test_no_repetition_keeps_the_reader_busy(suffix, piece):
    for place in (0, 20, len(GOOD[suffix]) // 2):
        with pytest.raises(FormatError):
            MODULES[suffix].parse(GOOD[suffix][:place] + piece * 50_000 + "\n{")
