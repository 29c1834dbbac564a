"""A self-contained HTML page: style and script inside, nothing from the network.

Reports build on `html_page` and `highlight`, which escape the text they are given. The page can be printed, follows the
reader's light or dark setting, and shows nothing by colour alone.
"""

from __future__ import annotations

from html import escape

from termbank.model.message import _

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--mark:#ffd54a66}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:80rem;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
th button{all:unset;cursor:pointer;font-weight:600}th button:focus-visible{outline:2px solid}
td.n{text-align:right;font-variant-numeric:tabular-nums}
tr.concept td{background:var(--soft);font-weight:600}
mark{background:var(--mark);color:inherit;border-bottom:2px solid currentColor}
.code{font-family:ui-monospace,monospace;font-size:.85em}.quiet{opacity:.75}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}@media(max-width:50rem){.pair{grid-template-columns:1fr}}
article{border:1px solid var(--line);border-left-width:.4rem;border-radius:.3rem;padding:.6rem 1rem;margin:.8rem 0;break-inside:avoid}
article.error{border-left-style:solid}article.warning{border-left-style:double}article.note{border-left-style:dotted}
details summary{cursor:pointer}
@media print{details::details-content{content-visibility:visible;height:auto}button{border:0}}
"""

_SCRIPT = """
for(const b of document.querySelectorAll("th button"))b.addEventListener("click",()=>{
 const th=b.closest("th"),t=th.closest("table"),i=[...th.parentNode.children].indexOf(th),up=th.getAttribute("aria-sort")!=="ascending";
 for(const o of th.parentNode.children)o.removeAttribute("aria-sort");th.setAttribute("aria-sort",up?"ascending":"descending");
 const key=r=>{const c=r.cells[i],v=c.dataset.v??c.textContent.trim();return v};
 const g=[...t.tBodies].map(x=>[key(x.rows[0]),x]);
 g.sort(([a],[b])=>{const x=parseFloat(a),y=parseFloat(b);const c=(!isNaN(x)&&!isNaN(y))?x-y:a.localeCompare(b,"zh");return up?c:-c});
 for(const[,x]of g)t.append(x)});
let closed=[];
addEventListener("beforeprint",()=>{closed=[...document.querySelectorAll("details:not([open])")];for(const d of closed)d.open=true});
addEventListener("afterprint",()=>{for(const d of closed)d.open=false});
"""


def html_page(title: str, body: str) -> str:
    """Make the page from a title and a body that is HTML already."""
    return (
        # Translators: the code of the language of this catalogue, as in <html lang="en">.
        f'<!doctype html>\n<html lang="{escape(_("en"))}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"{body}<script>{_SCRIPT}</script></body></html>\n"
    )


def highlight(text: str, start: int | None, end: int | None) -> str:
    """Escape a text and highlight one span of it."""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return escape(text)
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
