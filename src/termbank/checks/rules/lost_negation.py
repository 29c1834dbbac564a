"""A prohibition or strong negation that the English lacks.

**What it finds.** 不得, 严禁, 禁止, 绝不, 决不, 不准, 不许, 严禁 or 未经 in a Chinese segment whose English has no word of denial or prohibition at all.

**Why it matters.** The English says the opposite.

**Spared.** Every way of denying: not, no, never, without, unless, only, fail, refuse, prohibit, ban, forbid, prevent, avoid, free from,
words with un-, in-, non-, dis- and -less.

**Example.** 处理者不得公开个人信息。 → *Processors shall disclose personal information.*

**Use instead.** *Processors shall not disclose personal information.*
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.span import Span

CODE = "lost-negation"
FAULTY = (
    Example(
        "个人信息处理者不得公开个人信息。",
        "Personal information processors shall disclose personal information.",
    ),
    Example("在原则问题上绝不让步。", "We will yield on matters of principle."),
    Example("未经批准，不得占用耕地。", "With approval, farmland may be occupied."),
)
SOUND = (
    Example(
        "个人信息处理者不得公开个人信息。",
        "Personal information processors shall not disclose personal information.",
    ),
    Example("严禁虚报数据。", "False reporting of data is strictly prohibited."),
    Example("未经批准的活动。", "Unauthorized activities."),
    Example("不得不采取措施。", "We had to take measures."),
    Example("会议时间不得少于两天。", "The meeting shall last at least two days."),
)

_DENIES_ZH = re.compile(
    r"(?<![舍巴恨])不得(?![不已人了而志知])(?![^，。；]{0,8}(?:少于|少於|低于|低於|超过|超過|多于|多於|高于|高於|早于|早於|晚于|晚於|逾))"
    r"|[严嚴]禁|禁止|[绝決绝决絕]不(?![仅仅僅能可少是])|不准(?!确|確)|不[许許](?!可)|未[经經](?=[批许許同授审審书書允])"
)
_DENIES_EN = re.compile(
    r"\b(?:no|not|nor|none|never|nothing|nobody|neither|cannot|without|unless|only|except|until|before|fail\w*|refus\w*|prohibit\w*|ban(?:s|ned|ning)?"
    r"|forbid\w*|forbade|prevent\w*|preclud\w*|avoid\w*|refrain\w*|free (?:of|from)|bar(?:s|red|ring)?|outlaw\w*|stop\w*|den(?:y|ie)\w*|exclu\w*|reject\w*"
    r"|resist\w*|oppos\w*|against|illegal\w*|illicit\w*|strict\w*|limit\w*|restrict\w*|curb\w*|crack\w*|rule[sd]? out|zero|lack\w*|absen\w*|abolish\w*"
    r"|cease\w*|eliminat\w*|end(?:s|ed|ing)?|violat\w*|breach\w*|infring\w*|impermissible|rather than|instead of|require\w*|must|subject to|hard\w*|withh\w+"
    r"|(?:un|in|im|il|ir|non|dis|mis)-?[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?)\b|n[’']t\b",
    re.IGNORECASE,
)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for a segment that denies or forbids, and whose English does neither."""
    for pair in checked.pairs:
        segment = pair.segment
        found = _DENIES_ZH.search(segment.zh)
        if found is None or not segment.en.strip() or _denies(segment.en):
            continue
        text = message("{zh} has no counterpart in the English.", zh=found.group())
        yield context.finding(CODE, segment, text, zh=Span(*found.span()))


_NO_PREFIX = re.compile(
    r"(?:in(?:form|dustr|ter|clud|creas|vest|stitut|divid|novat|dicat|come|volv|itia|tegr|tens|sur|stall|spect|struct|puts?|cept|to|ves|ject|her|hab)|im(?:port|plement|prov|pos|pact|me?d)"
    r"|un(?:ion|it|der|ive|til)|dis(?:clos|tribut|trict|cuss|play|aster|pos|cipl|cover|tinct|pute|ease|patch|burs|sem)|mis(?:sion|ter)|ir(?:rigat|on)|il(?:lus))",
    re.IGNORECASE,
)


def _denies(text: str) -> bool:
    """Whether an English text has a word of denial; “inform” and “disclose” only begin like one."""
    return any(_NO_PREFIX.match(found.group()) is None for found in _DENIES_EN.finditer(text))
