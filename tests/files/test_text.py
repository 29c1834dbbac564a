"""Plain text, Markdown, HTML, DOCX and PDF: what is prose, where it stands, in what encoding."""

from __future__ import annotations

import io
import zipfile

import pytest

from termbank.files.documents import read
from termbank.model.document import Document
from termbank.model.errors import UnreadableError

SIMPLIFIED = "深入实施“人工智能+”行动，加快培育新质生产力。\n二、主要任务\n"
TRADITIONAL = "深入實施「人工智慧+」行動，加快培育新質生產力。\n二、主要任務\n"


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"), (SIMPLIFIED, "utf-8-sig", "utf-8"), (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"), (SIMPLIFIED, "utf-16", "utf-16-le"), (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32-le"), (TRADITIONAL, "big5", "big5"), (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"), ("The “AI Plus” initiative’s goals.", "cp1252", "windows-1252"),
        ("The AI Plus (人工智能+) initiative", "gb18030", "gb18030"),
    ],
)  # fmt: skip
def test_text_in_any_encoding_is_read_rightly_and_the_encoding_named(
    text: str, codec: str, named: str
) -> None:
    document = read(text.encode(codec), "纪要.txt")
    assert document.text == text
    assert document.encoding == named


def test_a_guess_at_the_encoding_is_remarked_on() -> None:
    document = read(SIMPLIFIED.encode("utf-16-be"), "a.txt")
    assert document.remarks == ("a.txt: read as utf-16-be, though it has no byte order mark.",)


def test_damage_is_said_with_its_line() -> None:
    data = (SIMPLIFIED * 50).encode()
    broken = data[:-1] + b"\xff" + data[-1:]
    assert read(broken, "a.txt").remarks == (
        "a.txt: 1 damaged character in utf-8 text on line 100, read as \ufffd.",
    )
    assert read(data[:-2], "a.txt").remarks == ("a.txt: the file ends in the middle of a character.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.txt: the file is empty. Give a file with text in it."),
        (b" \n\t", "a.txt: the file is empty. Give a file with text in it."),
        (b"\xff\xfe", "a.txt: the file holds no text. Give a file with text in it."),
        (bytes(range(256)) * 8, "a.txt: this is a binary file, not text. Give a text file in UTF-8, UTF-16, GB18030 or Big5."),
        (b"\x89PNG\r\n\x1a\n", "a.txt: this is a PNG image, not text. Save it as UTF-8 text first."),
        (b"{\\rtf1 x}", "a.txt: this is an RTF document, not text. Save it as UTF-8 text first."),
        (b"\xd0\xcf\x11\xe0" * 9, "a.txt: this is an old Office file, not text. Save it as UTF-8 text first."),
        (b"\x01\x02\x03\x04\x05\x06", "a.txt: this does not look like text: it is full of control characters. "
         "Give a text file in UTF-8, UTF-16, GB18030 or Big5."),
    ],
)  # fmt: skip
def test_what_is_not_text_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(data, "a.txt")
    assert str(raised.value) == sentence


def test_a_line_is_a_paragraph_and_positions_are_in_the_text_as_given() -> None:
    text = "关于加快发展的意见\r\n\r\n　　各省：现就有关事项通知如下。\r\n（一）总体要求。坚持稳中求进。\r\n"
    document = read(text.encode(), "a.txt")
    assert document.text == text
    assert _blocks(document) == [
        ("heading", "关于加快发展的意见"),
        ("paragraph", "各省：现就有关事项通知如下。"),
        ("paragraph", "（一）总体要求。坚持稳中求进。"),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The State Council has issued a set of guidelines on the AI Plus\n"
        "initiative, which aims to foster new quality productive forces\n"
        "and to integrate artificial intelligence with the economy.\n\n"
        "- one item\n- another item\n"
    )
    document = read(text.encode(), "a.txt")
    assert [kind for kind, _ in _blocks(document)] == ["paragraph", "item", "item"]


def test_short_lines_are_never_joined() -> None:
    assert len(read(b"State Council\nNotice\nBeijing\n", "a.txt").blocks) == 3


def test_a_text_of_50_mb_is_read() -> None:
    data = ("加快培育新质生产力，" * 40 + SIMPLIFIED).encode() * 42_000
    assert len(data) > 50_000_000
    assert len(read(data, "a.txt").blocks) == 84_000


def test_markdown_keeps_its_text_and_marks_the_prose() -> None:
    text = (
        "---\ntitle: x\n---\n# 标题 #\n\n加快培育**新质生产力**\n与现代化。\n\n* 甲\n  乙\n1. [ ] two\n\n> 引用\n\n"
        "| 中文 | English |\n|---|---|\n| 甲 | a \\| b |\n\n```\ncode\n```\n<!-- note -->\nSetext\n===\n***\n![p](x.png)\n[a]: http://x\n<div>\n**粗**\n"
    )
    document = read(text.encode(), "a.md")
    assert document.text == text
    assert _blocks(document) == [
        ("heading", "标题"), ("paragraph", "加快培育**新质生产力**\n与现代化。"), ("item", "甲\n  乙"), ("item", "two"),
        ("paragraph", "引用"), ("cell", "中文"), ("cell", "English"), ("cell", "甲"), ("cell", "a \\| b"),
        ("heading", "Setext"), ("paragraph", "粗"),
    ]  # fmt: skip


def test_html_gives_what_the_page_shows() -> None:
    page = (
        "<html><head><title>T</title><script>var a = '<p>'</script></head><body><nav>Home</nav>\n<h1>关于<b>人工智能</b>\n"
        "的意见</h1>\n<p>加快培育新质<em>生产力</em> &amp; more<br>next<!-- termbank: allow x -->\n<ul><li>one<li>two</ul>"
        "<table><tr><td>甲</table><p hidden>no</p><![odd x]><footer>c</footer></body></html>"
    )
    document = read(page.encode(), "a.html")
    assert _blocks(document)[:6] == [
        ("heading", "关于人工智能的意见"), ("paragraph", "加快培育新质生产力 & more"), ("paragraph", "next"),
        ("item", "one"), ("item", "two"), ("cell", "甲"),
    ]  # fmt: skip
    assert document.text.split("\n")[1] == "关于人工智能的意见"
    assert "<!-- termbank: allow x -->" in document.text.split("\n")
    assert "no" not in [text for _, text in _blocks(document)]


def test_html_is_read_in_the_encoding_it_declares() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>新质生产力</p>'
    document = read(page.encode("gbk"), "a.htm")
    assert (document.text.strip(), document.encoding) == ("新质生产力", "gb18030")


def _docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{text}</w:{name}>")
    return buffer.getvalue()


def test_docx_gives_paragraphs_headings_items_cells_and_notes() -> None:
    def paragraph(text: str, properties: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    styles = '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="L"><w:name w:val="List Bullet"/></w:style>'
    body = (
        paragraph("意见", '<w:pStyle w:val="1"/>')
        + "<w:p><w:r><w:t>新质</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>生产力</w:t></w:r></w:ins></w:p>"
        + paragraph("一项", '<w:pStyle w:val="L"/>')
        + paragraph("两项", "<w:numPr/>")
        + f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc></w:tr></w:tbl>"
    )
    notes = f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote><w:footnote>{paragraph("注释")}</w:footnote>'
    document = read(_docx(body, styles=styles, footnotes=notes), "a.docx")
    assert _blocks(document) == [
        ("heading", "意见"), ("paragraph", "新质生产力"), ("item", "一项"), ("item", "两项"), ("cell", "甲"), ("paragraph", "注释"),
    ]  # fmt: skip
    assert document.remarks == ("a.docx: 1 footnote is at the end of the text.",)


def test_a_docx_of_python_docx_is_read() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("标题", 1)
    made.add_paragraph("加快培育新质生产力。")
    buffer = io.BytesIO()
    made.save(buffer)
    assert _blocks(read(buffer.getvalue(), "a.docx")) == [
        ("heading", "标题"),
        ("paragraph", "加快培育新质生产力。"),
    ]


def test_a_zip_bomb_and_a_damaged_docx_are_refused() -> None:
    bomb = _docx("<w:p><w:t>" + "0" * 30_000_000 + "</w:t></w:p>")
    with pytest.raises(UnreadableError, match="would unpack to 28 MB; it is refused as a ZIP bomb"):
        read(bomb, "a.docx")
    whole = _docx("<w:p><w:t>x</w:t></w:p>")
    with pytest.raises(UnreadableError, match=r"^a\.docx: the archive is damaged or cut short\."):
        read(whole[:-30], "a.docx")
    entities = _docx("").replace(b"word/document.xml", b"word/documenx.xml")
    with pytest.raises(
        UnreadableError, match=r"^a\.docx: this is a ZIP archive of something else, not a DOCX\."
    ):
        read(entities, "a.docx")


def _pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td 14 TL {text} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj".encode() + each + b"endobj\n"
    table = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n"
        + str(len(out)).encode()
        + b"\n%%EOF\n"
    )


def test_the_text_layer_of_a_pdf_is_put_together_to_paragraphs() -> None:
    lines = [
        "The guidelines foster new quality produc-",
        "tive forces and digital economy across all",
        "regions.",
        "Second point.",
        "- 3 -",
    ]
    document = read(_pdf(" ".join(f"({line}) Tj T*" for line in lines)), "a.pdf")
    assert [text for _, text in _blocks(document)] == [
        "The guidelines foster new quality productive forces and digital economy across all regions.",
        "Second point.",
    ]


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(UnreadableError) as raised:
        read(_pdf(""), "a.pdf")
    assert str(raised.value) == (
        "a.pdf: the PDF has no text layer: its page is a picture. Run character recognition (OCR) on it first."
    )
    with pytest.raises(UnreadableError, match=r"^a\.pdf: the PDF is damaged or cut short\."):
        read(_pdf("(x) Tj")[:80], "a.pdf")
