"""Whatever bytes come, a reader gives a value or one plain sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbank.files.archives import unpack
from termbank.files.bitext import PAIR_KINDS, read_pairs
from termbank.files.documents import DOCUMENT_KINDS, read
from termbank.files.glossaries import FORMATS, Format
from termbank.model.errors import TermbankError

SEEDS = {
    "text": "加快培育新质生产力。\n\n一、主要任务\nNew quality productive forces.\n".encode(),
    "markdown": "---\na: 1\n---\n# 标题\n\n| 甲 | a |\n|---|---|\n| 乙 | b |\n\n```\nx\n```\n- 一\n> 引\n".encode(),
    "html": "<html><body><h1>标题</h1><p>新质<b>生产力</b>&amp;<![if x]><ul><li>a<li>b</ul></body>".encode(),
    "toml": (
        b'schema = 1\n[[concept]]\nid = "a"\n[[concept.term]]\nlanguage = "en"\ntext = "a"\nattestations = [\n]\n'
    ),
    "json": b'{"schema": 1, "concept": [{"id": "a", "term": [{"language": "en", "text": "a"}]}]}',
    "csv": 'zh,en\n新质生产力,new quality productive forces\n甲,"a, b"\n'.encode(),
    "tsv": "#UTX 1.2; zh-CN/en-US\n#src\ttgt\n甲\ta\n".encode(),
    "tbx": (
        '<tbx type="TBX-Basic" style="dca"><text><body><conceptEntry id="a"><langSec xml:lang="zh"><termSec>'
        "<term>甲</term></termSec></langSec><langSec xml:lang='en'><termSec><term>a</term></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    ).encode(),
    "tmx": (
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>甲<ph>x</ph></seg></tuv>'
        '<tuv xml:lang="en"><seg>a</seg></tuv></tu></body></tmx>'
    ).encode(),
    "xliff": (
        '<xliff version="1.2"><file source-language="zh" target-language="en"><body><trans-unit id="1">'
        "<source>甲</source><target>a</target></trans-unit></body></file></xliff>"
    ).encode(),
    "po": 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\n#, fuzzy\nmsgid "a"\nmsgstr "甲"\n'.encode(),
    "table": "中文\t英文\n甲\ta\n".encode(),
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n",
}


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


SEEDS["docx"] = _zip(
    {"word/document.xml": "<w:document xmlns:w='w'><w:p><w:t>新质</w:t></w:p></w:document>".encode()}
)
SEEDS["xlsx"] = _zip({"xl/workbook.xml": b"<workbook/>"})
ALL = st.sampled_from(sorted(SEEDS.values()))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A small file of some kind with a few bytes cut, changed, doubled or put in; or any bytes."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=200))
    data = bytearray(draw(ALL))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        act = draw(st.integers(0, 3))
        if act == 0:
            del data[at : at + draw(st.integers(1, 20))]
        elif act == 1:
            data[at:at] = draw(st.binary(max_size=6))
        elif act == 2:
            data[at : at + 1] = draw(
                st.sampled_from([b"\x00", b"\xff", b'"', b"<", b"&", b"\n", b"\r", b"[", b"\xe4"])
            )
        else:
            data[at:at] = bytes(data[:at][-30:])
    codec = draw(st.sampled_from([None, None, None, "utf-16", "utf-16-le", "gb18030", "big5"]))
    if codec is not None:
        return bytes(data).decode("utf-8", "replace").encode(codec, "replace")
    return bytes(data)


quietly = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.parametrize("kind", [kind.name for kind in DOCUMENT_KINDS])
@quietly
@given(data=damaged())
def test_no_document_reader_crashes(kind: str, data: bytes) -> None:
    try:
        document = read(data, "纪要.txt", kind=kind)
    except TermbankError as error:
        _is_one_sentence(error)
        return
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        end = block.span.end


@pytest.mark.parametrize("kind", [kind.name for kind in PAIR_KINDS])
@quietly
@given(data=damaged())
def test_no_reader_of_pairs_crashes(kind: str, data: bytes) -> None:
    try:
        reading = read_pairs(data, "memory.csv" if kind == "table" else "memory", kind=kind)
    except TermbankError as error:
        _is_one_sentence(error)
        return
    assert any(pair.zh or pair.en for pair in reading.pairs)


@pytest.mark.parametrize("format", [f for f in FORMATS if not f.write_only], ids=lambda format: format.name)
@quietly
@given(data=damaged())
def test_no_format_crashes_on_reading(format: Format, data: bytes) -> None:
    try:
        reading = format.read(data, "glossary")
    except TermbankError as error:
        _is_one_sentence(error)
        return
    for fault in reading.faults:
        assert str(fault).startswith("glossary")


@quietly
@given(data=damaged())
def test_no_archive_crashes(data: bytes) -> None:
    for name in ("a.zip", "a.gz"):
        try:
            unpack(data, name)
        except TermbankError as error:
            _is_one_sentence(error)


def _is_one_sentence(error: TermbankError) -> None:
    message = str(error)
    assert "\n" not in message
    assert message.endswith((".", "?", "”", "`"))
    assert "Error" not in message
    assert "Traceback" not in message
