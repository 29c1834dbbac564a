"""The frame of an HTML report: one self-contained file that needs no network and prints well.

Everything that comes from a document is escaped here. The policy forbids whatever is not in the file.
"""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --mark: #ffd54a66; --soft: #8881; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 78rem;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th[data-sort] { cursor: pointer; } th[data-sort]::after { content: " ↕"; opacity: .5; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
mark { background: var(--mark); color: inherit; padding: 0 .1em; }
details summary { cursor: pointer; } .soft { opacity: .7; } .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
blockquote { margin: .3rem 0; padding: .2rem .7rem; border-left: 3px solid var(--line); }
article { border-top: 1px solid var(--line); padding: .6rem 0; }
@media print { details > * { display: block; } th[data-sort]::after { content: ""; } body { max-width: none; margin: 0; } }
@media (max-width: 45rem) { .pair { grid-template-columns: 1fr; } }
"""

_SCRIPT = """
document.querySelectorAll("th[data-sort]").forEach((head, column) => {
  head.tabIndex = 0;
  const sort = () => {
    const body = head.closest("table").tBodies[0], at = head.cellIndex;
    const down = head.getAttribute("aria-sort") !== "ascending";
    head.closest("tr").querySelectorAll("th").forEach(h => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    const key = row => row.cells[at].dataset.key ?? row.cells[at].textContent;
    const rows = [...body.rows].sort((a, b) => head.dataset.sort === "number"
      ? key(b) - key(a) : key(a).localeCompare(key(b)));
    if (!down) rows.reverse();
    body.append(...rows);
  };
  head.addEventListener("click", sort);
  head.addEventListener("keydown", e => { if (e.key === "Enter") sort(); });
});
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => d.open = true));
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def page(title: str, body: str) -> str:
    """A whole document around `body`, which is HTML already."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


def marked(text: str, start: int, end: int, around: int | None = None) -> str:
    """The text as HTML with `[start, end)` marked; with `around`, only so many characters on each side."""
    first = 0 if around is None else max(0, start - around)
    last = len(text) if around is None else min(len(text), end + around)
    before = (
        ("…" if first else "")
        + " ".join(text[first:start].split())
        + (" " if text[start - 1 : start].isspace() else "")
    )
    after = (" " if text[end : end + 1].isspace() else "") + " ".join(text[end:last].split())
    after += "…" if last < len(text) else ""
    return f"{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}"
