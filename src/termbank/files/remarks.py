"""Remarks: messages on how a file was read, each with the file's name."""

from __future__ import annotations

from termbank.model.message import Message, message


def remark_on(name: str, text: Message) -> Message:
    """A remark on a file, as “glossary.csv: Ignored columns: 序号.”."""
    return message("{file}: {remark}", file=name, remark=text)


def without_name(remark: str) -> str:
    """The remark without the file's name, for a sentence that names the file already."""
    if isinstance(remark, Message) and isinstance(inner := remark.parameters.get("remark"), str):
        return inner
    return remark
