"""termbank: a Chinese–English terminology bank for policy language.

It aligns documents, finds terms and their renderings, and keeps who used which rendering,
when and where. Importing the package loads nothing heavy; the work is in `termbank.services`.
"""

from __future__ import annotations

__version__ = "0.1.0"
