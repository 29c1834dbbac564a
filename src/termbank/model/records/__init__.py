"""Concepts as plain records (dicts of JSON values) and back, without loss.

The one shape shared by the bank's rows, JSON exports and the native pack: fields in a fixed order (`shape`), empty ones
left out. A record names its sources by id; sources and publishers are records of their own. Reading collects every
fault instead of stopping at the first, and reads today's schema alone: an older record is upgraded first
(`model.upgrades`).
"""

from __future__ import annotations

from termbank.model.records.concept_records import concept_record, read_concept
from termbank.model.records.field_readers import Complain
from termbank.model.records.shape import SCHEMA, SHAPE, Record
from termbank.model.records.source_records import (
    publisher_record,
    read_publisher,
    read_source,
    source_record,
)
from termbank.model.records.term_records import (
    attestation_record,
    read_attestation,
    read_term,
    term_record,
)

__all__ = [
    "SCHEMA",
    "SHAPE",
    "Complain",
    "Record",
    "attestation_record",
    "concept_record",
    "publisher_record",
    "read_attestation",
    "read_concept",
    "read_publisher",
    "read_source",
    "read_term",
    "source_record",
    "term_record",
]
