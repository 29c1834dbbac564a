"""What a check is given to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from termbank.checks.document_stats import RenderingUses
from termbank.checks.pair import Pair
from termbank.checks.term_faults import RenderingFault


@dataclass(frozen=True)
class CheckInput:
    """The input of a check. A check reads the part that its `scope` names.

    Attributes:
        pairs: consecutive pairs of the text, for checks of scope `pair`.
        faults: wrongly rendered terms, in the order of the pairs, for checks of scope `term`.
        uses: the renderings used, by document and concept id, for checks of scope `document`.
    """

    pairs: Sequence[Pair] = ()
    faults: Sequence[RenderingFault] = ()
    uses: Mapping[tuple[str | None, str], RenderingUses] = field(default_factory=dict)
