"""Large inputs, the same in every run: glossaries of many concepts, and bilingual files of many units.

    python -m benchmarks.large_inputs FOLDER [--concepts 100000] [--units 100000]

writes terms.csv, terms.tbx, terms.toml, memory.tmx and memory.xliff. Terms are CC-CEDICT's, then two of them joined, a
Chinese and an English one in each concept. Units are the sentences of the sample corpus, repeated, each with two words
of its own, about 430 bytes a unit.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
_TEXTS = ("ai-plus.zh.txt", "ai-plus.official.en.txt")
_UNIT = 430
_CONSONANTS = "bcdfghjklmnpqrstvwxz"


def _terms(concepts: int) -> list[tuple[str, str]]:
    from benchmarks.matching import terms_of

    return terms_of(concepts)


def write_csv(path: Path, concepts: int) -> None:
    """A glossary with a pair of terms in each row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("zh", "en"))
        rows.writerows(_terms(concepts))


def write_tbx(path: Path, concepts: int) -> None:
    """A TBX file as other tools write it: a subject field, and a term in each language of an entry."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
            "<tbxHeader><fileDesc><sourceDesc><p>benchmark</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
        )
        for number, (zh, en) in enumerate(_terms(concepts)):
            file.write(
                f'<conceptEntry id="c{number:07}"><descrip type="subjectField">law</descrip>\n'
                f'<langSec xml:lang="zh-Hans"><termSec><term>{escape(zh)}</term></termSec></langSec>\n'
                f'<langSec xml:lang="en"><termSec><term>{escape(en)}</term>'
                '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>\n'
                "</conceptEntry>\n"
            )
        file.write("</body></text>\n</tbx>\n")


def write_toml(path: Path, concepts: int) -> None:
    """A pack as termbank shares it, ids and all."""
    with path.open("w", encoding="utf-8") as file:
        for number, (zh, en) in enumerate(_terms(concepts)):
            file.write(
                f'[[concept]]\nid = "c{number:07}"\nsubject = "law"\n\n'
                f'[[concept.term]]\ntext = "{zh}"\nlanguage = "zh-Hans"\n\n'
                f'[[concept.term]]\ntext = "{en}"\nlanguage = "en"\nstatus = "admitted"\n\n'
            )


def write_tmx(path: Path, units: int) -> None:
    """A translation memory of that many units."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4">\n'
            '<header creationtool="benchmark" creationtoolversion="1" segtype="sentence" o-tmf="none" '
            'adminlang="en" srclang="zh-CN" datatype="plaintext"/>\n<body>\n'
        )
        for number, (zh, en) in enumerate(_pairs(units)):
            file.write(
                f'<tu tuid="{number}">\n<tuv xml:lang="zh-CN"><seg>{escape(zh)}</seg></tuv>\n'
                f'<tuv xml:lang="en-GB"><seg>{escape(en)}</seg></tuv>\n</tu>\n'
            )
        file.write("</body>\n</tmx>\n")


def write_xliff(path: Path, units: int) -> None:
    """An XLIFF 1.2 file of that many units."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
            '<file original="benchmark" source-language="zh-CN" target-language="en-GB" datatype="plaintext"><body>\n'
        )
        for number, (zh, en) in enumerate(_pairs(units)):
            file.write(
                f'<trans-unit id="{number}">\n<source>{escape(zh)}</source>\n'
                f"<target>{escape(en)}</target>\n</trans-unit>\n"
            )
        file.write("</body></file>\n</xliff>\n")


def _pairs(units: int) -> Iterator[tuple[str, str]]:
    """Chinese and English of about the bytes of a unit, each with two words that no other has."""
    chinese, english = (
        cycle(_sentences(ROOT / "corpus" / name, size))
        for name, size in zip(_TEXTS, (_UNIT // 3, _UNIT // 2), strict=True)
    )
    for number in range(units):
        mark = _letters(number)
        yield f"{next(chinese)}（{mark}）", f"{next(english)} ({mark})"


def _sentences(path: Path, size: int) -> list[str]:
    """The text in pieces of at most `size` bytes in UTF-8, cut at words."""
    pieces: list[str] = []
    for line in path.read_text("utf-8").split("\n"):
        rest = line.strip()
        while rest:
            piece = rest.encode()[:size].decode("utf-8", "ignore")
            if len(piece) < len(rest) and " " in piece[1:]:
                piece = piece.rpartition(" ")[0]
            pieces.append(piece.strip())
            rest = rest[len(piece) :].strip()
    return [piece for piece in pieces if len(piece.encode()) > size // 2]


def _letters(number: int) -> str:
    """Two words that no language has: a memory has many segments, and far fewer words."""
    a, b, c, d = (_CONSONANTS[number // 20**place % 20] for place in range(4))
    return f"q{a}{b} q{c}{d}"


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "terms.csv": write_csv,
    "terms.tbx": write_tbx,
    "terms.toml": write_toml,
    "memory.tmx": write_tmx,
    "memory.xliff": write_xliff,
}


def main(arguments: Sequence[str]) -> int:
    """Write every input into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_inputs", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=100_000)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, write in WRITERS.items():
        write(options.folder / name, options.concepts if name.startswith("terms") else options.units)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
