"""How a use was seen: beside the Chinese or not, and on the document itself or on a copy."""

from __future__ import annotations

from termbank.model.concept import Attestation
from termbank.model.message import _


def seen_how(use: Attestation) -> str:
    """How a use was seen, in the language of the interface: “beside the Chinese, on a copy”."""
    if use.inferred:
        beside = _("paired by inference")
    else:
        beside = _("beside the Chinese") if use.alongside else _("without the Chinese")
    return f"{beside}, {_('on a copy')}" if use.copied else beside
