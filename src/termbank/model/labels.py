"""The words shown to a person for the values of the model's enumerations.

The values themselves (`preferred`, `law firm`) are English and stand in files, JSON and options; a label is the same
word in the language of the interface.
"""

from __future__ import annotations

from enum import StrEnum

from termbank.model.message import message, translate

_LABELS: dict[str, str] = {
    str(text): text
    for text in (
        # Status
        message("preferred"),
        message("admitted"),
        message("proposed"),
        message("superseded"),
        message("deprecated"),
        # Reliability
        message("established"),
        message("supported"),
        message("weak"),
        message("unattested"),
        # ConceptType
        message("term"),
        message("phrase"),
        message("body"),
        message("law"),
        message("document"),
        message("campaign"),
        message("meeting"),
        message("numbered formula"),
        message("office"),
        # TermType
        message("full form"),
        message("short form"),
        message("abbreviation"),
        message("variant"),
        # Grammar
        message("noun phrase"),
        message("verb phrase"),
        message("adjective"),
        message("clause"),
        # PublisherKind
        message("official"),
        message("state media"),
        message("academic"),
        message("think tank"),
        message("law firm"),
        message("press"),
        message("reference"),
        message("study list"),
        message("machine-like copy"),
        message("unknown"),
        # Severity
        message("note"),
        message("warning"),
        message("error"),
        # a remark of the doctor
        message("ok"),
    )
}


def label_message(value: StrEnum | str) -> str:
    """The word for a status, a kind of publisher, a severity … as a message, to be put into other messages."""
    return _LABELS.get(str(value), str(value))


def label(value: StrEnum | str) -> str:
    """The word for a value in the language of the interface.

    >>> label("law firm")
    'law firm'
    """
    return translate(label_message(value))
