"""Checking files: what is read, what is waived, what is known, what is written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.model.check_result import Checked
from termbank.model.errors import TermbankError
from termbank.services.check import check_files, report
from termbank.services.config import find_project, read_project
from termbank.services.fixes import find_fixes, inflect_like, write_fixes

BODIES = "Intelligent bodies are changing software development."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    (tmp_path / "draft.md").write_text(f"# Tools\n\n{BODIES}\n\nComputing power is scarce.\n", "utf-8")
    return tmp_path / "draft.md"


def checked(path: Path, **options: object) -> Checked:
    return check_files(path, GLOSSARY, **options)  # type: ignore[arg-type]


def test_english_alone_is_checked_with_its_places(draft: Path) -> None:
    finding = checked(draft).findings[0]
    assert (finding.code, finding.line, finding.column) == ("deprecated-rendering", 3, 1)
    assert finding.span is not None
    assert finding.span.of(draft.read_text("utf-8")) == "Intelligent bodies"


def test_a_pair_is_aligned_first(tmp_path: Path) -> None:
    (tmp_path / "a.zh.txt").write_text("智能体正在改变软件开发。\n算力规模达到3.5万亿元。\n", "utf-8")
    (tmp_path / "a.en.txt").write_text(f"{BODIES}\nComputing power reached 350 billion yuan.\n", "utf-8")
    found = checked(tmp_path / "a.en.txt", source=tmp_path / "a.zh.txt", lines=True)
    assert [f.code for f in found.findings] == ["deprecated-rendering", "number-mismatch"]
    assert found.findings[0].source_file == str(tmp_path / "a.zh.txt")


def test_a_bilingual_file_needs_no_source(tmp_path: Path) -> None:
    (tmp_path / "memory.tsv").write_text(
        f"zh\ten\n智能体正在改变软件开发。\t{BODIES}\n优化算力布局。\t\n", "utf-8"
    )
    codes = {f.code for f in checked(tmp_path / "memory.tsv").findings}
    assert "deprecated-rendering" in codes


def test_a_fingerprint_survives_moved_lines_and_changes_with_the_sentence(draft: Path) -> None:
    before = checked(draft).findings[0].fingerprint
    draft.write_text(f"A new line.\n\nAnother one.\n\n{BODIES}\n", "utf-8")
    assert checked(draft).findings[0].fingerprint == before
    draft.write_text("Intelligent bodies have changed software development.\n", "utf-8")
    assert checked(draft).findings[0].fingerprint != before


def test_a_baseline_leaves_only_what_is_new(draft: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    baseline.write_text(report(checked(draft), "json"), "utf-8")
    again = checked(draft, baseline=baseline)
    assert again.findings == ()
    assert len(again.known) == 1
    baseline.write_text(report(checked(draft), "sarif"), "utf-8")
    assert checked(draft, baseline=baseline).findings == ()


def test_a_baseline_that_is_no_report_is_a_sentence(draft: Path, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text("not json", "utf-8")
    with pytest.raises(TermbankError, match="the baseline is not JSON"):
        checked(draft, baseline=tmp_path / "known.json")


def test_an_inline_waiver_lets_one_finding_stand_and_gives_its_reason(draft: Path) -> None:
    draft.write_text(
        f"<!-- termbank: allow deprecated-rendering 智能体 — quoted -->\n\n{BODIES}\n\n{BODIES}\n", "utf-8"
    )
    found = checked(draft)
    assert [item.waiver.reason for item in found.waived] == ["quoted"]
    assert len(found.findings) == 1


def test_a_waiver_that_ran_out_or_is_not_used_is_a_finding(draft: Path) -> None:
    stale = "<!-- termbank: allow deprecated-rendering until 2020 — old -->\n"
    draft.write_text(
        f"{stale}{BODIES}\n\nFine.\n<!-- termbank: allow number-mismatch — why -->\nFine too.\n", "utf-8"
    )
    codes = [f.code for f in checked(draft).findings]
    assert sorted(codes) == ["deprecated-rendering", "stale-waiver", "unused-waiver"]


def test_an_inline_waiver_without_a_reason_or_for_no_check_is_remarked(draft: Path) -> None:
    draft.write_text(
        f"<!-- termbank: allow deprecated-rendering -->\n<!-- termbank: allow depricated-rendering — x -->\n{BODIES}\n",
        "utf-8",
    )
    found = checked(draft)
    assert any("needs a reason" in remark for remark in found.remarks)
    assert any("Did you mean “deprecated-rendering”" in remark for remark in found.remarks)
    assert len(found.findings) == 1


def settings(folder: Path, text: str) -> None:
    (folder / "termbank.toml").write_text(text, "utf-8")


def test_a_project_sets_severities_and_waivers(draft: Path) -> None:
    settings(draft.parent, '[check.severity]\ndeprecated-rendering = "note"\n')
    assert [f.severity.value for f in checked(draft).findings] == ["note"]
    settings(draft.parent, '[check.severity]\ndeprecated-rendering = "off"\n')
    assert checked(draft).findings == ()
    settings(draft.parent, '[check.concept.intelligent-agent]\nall = "off"\n')
    assert checked(draft).findings == ()
    settings(
        draft.parent,
        '[[check.waiver]]\ncheck = "deprecated-rendering"\nterm = "智能体"\nfiles = "*.md"\nreason = "quoted"\n',
    )
    assert len(checked(draft).waived) == 1


def test_what_is_misspelt_in_the_settings_is_said_with_its_line(draft: Path) -> None:
    settings(draft.parent, '[check.severity]\nunaproved-rendering = "error"\nnumber-mismatch = "fatal"\n')
    with pytest.raises(TermbankError) as told:
        find_project(draft)
    said = [str(fault) for fault in told.value.faults]
    assert "termbank.toml:2:" in said[0]
    assert "Did you mean “unapproved-rendering”?" in said[0]
    assert "termbank.toml:3:" in said[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check", "not TOML"),
        ('[[check.waiver]]\ncheck = "number-mismatch"\n', "must give its reason"),
        ('[[check.waiver]]\nreason = "x"\n', "must name its check"),
        ('[check]\ndate = "26/08/2025"\n', "not a date"),
        ("[chek]\n", "Did you mean “check”"),
        ('[check]\nseverity = "error"\n', "must be a table"),
    ],
)
def test_a_fault_in_the_settings_is_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    settings(tmp_path, text)
    with pytest.raises(TermbankError) as told:
        read_project(tmp_path / "termbank.toml")
    assert said in str(told.value) + " ".join(map(str, told.value.faults))


def test_what_cannot_be_checked_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("智能体正在改变软件开发的方式。\n", "utf-8")
    with pytest.raises(TermbankError, match="--source"):
        checked(tmp_path / "zh.txt")
    (tmp_path / "empty.txt").write_text("\n", "utf-8")
    with pytest.raises(TermbankError):
        checked(tmp_path / "empty.txt")
    with pytest.raises(TermbankError, match="is not a date"):
        checked(tmp_path / "zh.txt", date="yesterday")


def test_fixing_shows_a_diff_and_writes_only_the_translation(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    zh.write_text("智能体正在改变软件开发。\n到2027年，它无处不在。\n", "utf-8")
    en.write_text(f"{BODIES}\nBy 2027，they are everywhere.\n", "utf-8")
    made = find_fixes(checked(en, source=zh, lines=True))
    assert "-Intelligent bodies are changing" in made.diff
    assert "+Intelligent agents are changing" in made.diff
    assert en.read_text("utf-8").startswith("Intelligent bodies")
    assert write_fixes(made) == (str(en),)
    assert (
        en.read_text("utf-8")
        == "Intelligent agents are changing software development.\nBy 2027, they are everywhere.\n"
    )
    assert zh.read_text("utf-8").startswith("智能体")


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Intelligent Bodies", "intelligent agent", "Intelligent Agents"),
        ("intelligent body", "intelligent agent", "intelligent agent"),
        ("INTELLIGENT BODIES", "intelligent agent", "INTELLIGENT AGENTS"),
        ("new quality productivity", "new quality productive forces", None),
    ],
)
def test_a_fix_keeps_number_and_case_or_is_left(old: str, new: str, wanted: str | None) -> None:
    assert inflect_like(old, new)[0] == wanted


def test_the_json_has_the_fields_that_are_promised(draft: Path) -> None:
    body = json.loads(report(checked(draft), "json"))
    assert body["schema"] == 1
    assert {
        "code",
        "severity",
        "message",
        "concept",
        "file",
        "line",
        "column",
        "span",
        "source_span",
        "found",
        "suggest",
        "fingerprint",
    } <= body["findings"][0].keys()


@pytest.mark.parametrize(
    ("name", "kind"), [("terms.toml", "TOML"), ("site.css", "style sheet"), ("a.json", "JSON")]
)
def test_what_is_no_text_is_not_read_as_english(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(TermbankError, match=f"{kind}.*not a text to check"):
        checked(tmp_path / name)


def test_a_glossary_as_target_is_told_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "terms.toml").write_text("", "utf-8")
    with pytest.raises(TermbankError, match="--glossary"):
        checked(tmp_path / "terms.toml")


def test_the_chinese_side_as_target_is_told_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "a.zh.txt").write_text("智能体正在改变软件开发。\n算力规模达到3.5万亿元。\n", "utf-8")
    (tmp_path / "a.en.txt").write_text(f"{BODIES}\nComputing power reached 3.5 trillion yuan.\n", "utf-8")
    found = checked(tmp_path / "a.zh.txt", source=tmp_path / "a.en.txt", lines=True)
    said = f"termbank check {tmp_path / 'a.en.txt'} --source {tmp_path / 'a.zh.txt'}"
    assert any(said in remark for remark in found.remarks)
    assert found.findings[0].file == str(tmp_path / "a.zh.txt")


def memory(*segments: tuple[str, str]) -> str:
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv>\n<tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n'
        for zh, en in segments
    )
    return f'<tmx version="1.4"><header/><body>\n{units}</body></tmx>\n'


def test_a_memory_is_read_as_it_is_checked_with_its_places(tmp_path: Path) -> None:
    many = [("优化算力布局。", "Optimize computing power.")] * 3000
    text = memory(*many, ("智能体正在改变软件开发。", BODIES))
    (tmp_path / "big.tmx").write_text(text, "utf-8")
    found = checked(tmp_path / "big.tmx", only=("deprecated-rendering",))
    (finding,) = found.findings
    assert found.segments == 3001
    assert finding.span is not None
    assert finding.span.of(text) == "Intelligent bodies"
    assert text.split("\n")[finding.line - 1][finding.column - 1 :].startswith("Intelligent bodies")


def test_a_memory_with_waivers_or_without_chinese_is_as_before(tmp_path: Path) -> None:
    waiver = "<!-- termbank: allow deprecated-rendering — quoted -->"
    text = memory(("智能体正在改变软件开发。", BODIES)).replace("<tu>", f"{waiver}\n<tu>", 1)
    (tmp_path / "waived.tmx").write_text(text, "utf-8")
    assert len(checked(tmp_path / "waived.tmx", only=("deprecated-rendering",)).waived) == 1
    (tmp_path / "other.tmx").write_text(memory(("Bonjour.", "Hello.")).replace("zh-CN", "fr"), "utf-8")
    with pytest.raises(TermbankError, match="fr/en, not in Chinese and English"):
        checked(tmp_path / "other.tmx")


def test_a_memory_cut_short_says_where(tmp_path: Path) -> None:
    text = memory(*[("优化算力布局。", "Optimize computing power.")] * 2000)
    (tmp_path / "cut.tmx").write_text(text[:-40], "utf-8")
    with pytest.raises(TermbankError, match="cut short"):
        checked(tmp_path / "cut.tmx")


def test_a_column_of_notes_is_no_loss_to_pairs(tmp_path: Path) -> None:
    (tmp_path / "m.tsv").write_text(f"zh\ten\tdocument\n智能体正在改变软件开发。\t{BODIES}\tA1\n", "utf-8")
    assert not [remark for remark in checked(tmp_path / "m.tsv").remarks if "columns" in remark]


XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="zh-CN" target-language="en" '
    'original="a" datatype="plaintext"><body><trans-unit id="1"><source>智能体正在改变软件开发。</source>'
    f"<target>{BODIES}</target></trans-unit></body></file></xliff>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xlf", XLIFF),
        ("xliff.xml", XLIFF),
        ("a.tmx", memory(("智能体正在改变软件开发。", BODIES))),
        (
            "waived.tmx",
            "<!-- termbank: allow number-mismatch — x -->" + memory(("智能体正在改变软件开发。", BODIES)),
        ),
        ("tmx.xml", memory(("智能体正在改变软件开发。", BODIES))),
        ("a.tsv", f"zh\ten\n智能体正在改变软件开发。\t{BODIES}\n"),
        ("a.md", BODIES),
    ],
)
def test_a_file_is_opened_once(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    # An audit hook cannot be removed, so it is added in another process.
    script = (
        "import sys\nfrom pathlib import Path\nfrom termbank.checks.example_glossary import GLOSSARY\n"
        "from termbank.services.check import check_files\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, given: event == 'open' and opened.append(str(given[0])))\n"
        "path = Path(sys.argv[1])\n"
        "found = check_files(path, GLOSSARY, only=('deprecated-rendering',))\n"
        "print(opened.count(str(path)), len(found.findings))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / name)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 1\n"


def test_fingerprints_are_those_of_earlier_versions(tmp_path: Path) -> None:
    """A baseline or a code scanning service knows a finding by its fingerprint: none of these may change."""
    rows = [
        ("智能体正在改变软件开发。", BODIES),
        ("到2027年，规模超过3.5万亿元。", "By 2027 the scale will exceed RMB 350 billion."),
        ("扎实推进共同富裕。", "Make solid progress toward shared affluence."),
        ("优化算力布局。", "Optimize the layout of 算力."),
        ("推动构建人类命运共同体。", "We will build a community of common destiny."),
        ("国家发展和改革委员会发布通知。", "The State Planning and Change Commission issued a notice."),
    ]
    (tmp_path / "m.tsv").write_text("zh\ten\n" + "".join(f"{zh}\t{en}\n" for zh, en in rows), "utf-8")
    found = {f.code: f.fingerprint for f in checked(tmp_path / "m.tsv").findings}
    assert found == FINGERPRINTS


FINGERPRINTS = {
    "deprecated-rendering": "c29f5b6a8905004d512d",
    "number-mismatch": "c39388f186c087b573aa",
    "unapproved-rendering": "b45a42f6c6a8de8c78d7",
    "missing-rendering": "c9458b3569d043df597e",
    "untranslated-text": "40f4717afb3d7274472a",
    "superseded-rendering": "dfb364ec24fbc23773eb",
    "official-title": "da32bd1cd7f4b73611ed",
}
