"""A file cache of the compiled patterns of large glossaries.

A copy is named after the terms and the modules whose rules it follows, so that changed rules or terms never meet an old
copy.
"""

from __future__ import annotations

from pathlib import Path

from termbank.matching.matcher import Matcher
from termbank.model.glossary import Glossary
from termbank.services.copy_folder import CopyFolder, mark_of
from termbank.services.settings import cache_folder

_RULES = ("model", "text", "matching")
"""The packages whose code decides what the copies hold."""
_COPIES = 8


def matcher_of(glossary: Glossary, folder: Path | None = None) -> Matcher:
    """The matcher of a glossary; `folder` is that of the cache, the user's own by default."""
    return Matcher(
        glossary,
        CopyFolder(folder or cache_folder() / "matcher", ".terms", _COPIES, lambda: mark_of(*_RULES)),
    )
