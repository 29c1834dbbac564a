"""Store a lexicon as bytes that load in a fraction of a second, and read them back.

The same lexicon always gives the same bytes. Where they are kept is decided by `services.lexicon_cache`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from termbank.lexicon.dictionary import Lexicon
from termbank.model.errors import TermbankError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 5
"""Raised whenever the arrays or the rules that fill them change; part of the cache key."""


def to_bytes(lexicon: Lexicon) -> bytes:
    """A lexicon as an uncompressed NumPy archive."""
    import io

    import numpy as np

    stream = io.BytesIO()
    np.savez(
        stream,
        format=np.array([FORMAT], dtype=np.int32),
        chinese=_pack(lexicon.chinese),
        lemmas=_pack(lexicon.lemmas),
        traditional=_pack(tuple(lexicon.traditional)),
        traditional_rows=np.array(list(lexicon.traditional.values()), dtype=np.int32),
        readings=_pack(tuple(" ".join((char, *ways)) for char, ways in lexicon.readings.items())),
        starts=lexicon.starts,
        english=lexicon.english,
        weights=lexicon.weights,
        costs=lexicon.costs,
        kinds=_pack((lexicon.kinds,)),
    )
    return stream.getvalue()


def from_bytes(data: bytes | memoryview) -> Lexicon:
    """The lexicon that `to_bytes` stored.

    Raises:
        TermbankError: the data is cut short, or of another format.
    """
    import io
    import zipfile

    import numpy as np

    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if int(arrays["format"][0]) != FORMAT:
                raise ValueError("another format")
            return Lexicon(
                chinese=_unpack(arrays["chinese"]),
                lemmas=_unpack(arrays["lemmas"]),
                traditional=dict(
                    zip(_unpack(arrays["traditional"]), arrays["traditional_rows"].tolist(), strict=True)
                ),
                readings={line[0]: tuple(line[2:].split()) for line in _unpack(arrays["readings"])},
                starts=arrays["starts"],
                english=arrays["english"],
                weights=arrays["weights"],
                costs=arrays["costs"],
                kinds="".join(_unpack(arrays["kinds"])),
            )
    except (ValueError, KeyError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise TermbankError(f"the cached lexicon cannot be read ({error})") from error


def _pack(words: Sequence[str]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpack(array: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(array.tobytes().decode().split("\n")) if len(array) else ()
