"""Make src/termbank/text/characters.json from OpenCC: `python -m training.fit_characters`.

The file maps each Han character to its one simplified form, and lists the characters that occur in one script alone. A
test compares it with what this program makes from the OpenCC installed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from termbank.model.resources import read_json
from termbank.text.scripts import convert

FILE = Path(__file__).resolve().parent.parent / "src/termbank/text/characters.json"
ABOUT = "Made from OpenCC by training/fit_characters.py: the nth character of `changed` has the nth of `simplified`."
_COMMON = [chr(code) for code in range(0x4E00, 0xA000)]
_RARE = ((0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x323B0))


def character_tables() -> dict[str, str]:
    """What the file holds."""
    changed = simplified_characters()
    traditional = _changes("t2s", _COMMON).keys()
    simplified = set.intersection(*(set(_changes(config, _COMMON)) for config in ("s2t", "s2tw", "s2hk")))
    return {
        "about": ABOUT,
        "changed": "".join(changed),
        "simplified": "".join(changed.values()),
        "only_simplified": "".join(sorted(simplified - traditional)),
        "only_traditional": "".join(sorted(traditional - simplified)),
    }


def simplified_characters() -> dict[str, str]:
    """The simplified form of each character that has another one, in the order of the characters."""
    found = _changes("t2s", _COMMON + [chr(code) for low, high in _RARE for code in range(low, high)])
    full = _changes("s2t", _COMMON)
    for changes in (full, _changes("s2tw", _COMMON), _changes("s2hk", _COMMON)):
        for char, image in changes.items():
            if image not in found and image not in full:
                found[image] = found.get(char, char)
    found.update(read_json("termbank.text", "chinese.json")["scripts"]["merged"])
    return {char: found.get(to, to) for char, to in sorted(found.items()) if char != found.get(to, to)}


def _changes(config: str, chars: Sequence[str]) -> dict[str, str]:
    """The single characters that a configuration changes, each to one character."""
    images = convert("\n".join(chars), config).split("\n")
    return {char: to for char, to in zip(chars, images, strict=True) if char != to and len(to) == 1}


if __name__ == "__main__":
    FILE.write_text(json.dumps(character_tables(), ensure_ascii=False, indent=1) + "\n", "utf-8")
