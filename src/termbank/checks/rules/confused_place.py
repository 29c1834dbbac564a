"""A place with the name of another.

**What it finds.** A province, region or city of the Chinese whose English name is missing, where the English names another one of those
that are easily confused with it: Shaanxi and Shanxi, Guangdong and Guangxi, Hunan, Henan and Hainan, Hubei and Hebei.

**Why it matters.** The sentence is about another place, and reads well.

**Spared.** Sentences that name both; a place that the English leaves out or gives by another name.

**Example.** 陕西省经济增长6%。 → *The economy of Shanxi Province grew by 6 percent.*

**Use instead.** *The economy of Shaanxi Province grew by 6 percent.*
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

CODE = "confused-place"
FAULTY = (
    Example("陕西省经济增长6%。", "The economy of Shanxi Province grew by 6 percent."),
    Example("广西的口岸。", "The ports of Guangdong."),
)
SOUND = (
    Example("陕西省经济增长6%。", "The economy of Shaanxi Province grew by 6 percent."),
    Example("山西和陕西相邻。", "Shanxi borders on Shaanxi."),
    Example("山西的煤。", "The coal of the province."),
)

_GROUPS = (
    {"陕西": "Shaanxi", "陝西": "Shaanxi", "山西": "Shanxi"},
    {"广东": "Guangdong", "廣東": "Guangdong", "广西": "Guangxi", "廣西": "Guangxi"},
    {"湖南": "Hunan", "河南": "Henan", "海南": "Hainan", "云南": "Yunnan", "雲南": "Yunnan"},
    {"湖北": "Hubei", "河北": "Hebei"},
    {"江苏": "Jiangsu", "江蘇": "Jiangsu", "江西": "Jiangxi", "浙江": "Zhejiang"},
    {"贵州": "Guizhou", "貴州": "Guizhou", "广州": "Guangzhou", "廣州": "Guangzhou", "杭州": "Hangzhou", "惠州": "Huizhou", "徽州": "Huizhou",
     "湖州": "Huzhou", "福州": "Fuzhou", "抚州": "Fuzhou", "撫州": "Fuzhou", "徐州": "Xuzhou", "苏州": "Suzhou", "蘇州": "Suzhou",
     "宿州": "Suzhou", "郑州": "Zhengzhou", "鄭州": "Zhengzhou", "常州": "Changzhou", "漳州": "Zhangzhou", "沧州": "Cangzhou"},
    {"山东": "Shandong", "山東": "Shandong", "辽宁": "Liaoning", "遼寧": "Liaoning", "吉林": "Jilin", "青海": "Qinghai", "宁夏": "Ningxia",
     "新疆": "Xinjiang", "西藏": "Xizang", "四川": "Sichuan", "安徽": "Anhui", "福建": "Fujian"},
)  # fmt: skip
_ALSO = {
    "Xizang": ("Xizang", "Tibet"),
    "Shaanxi": ("Shaanxi", "Shensi"),
    "Guangdong": ("Guangdong", "Canton"),
    "Guangzhou": ("Guangzhou", "Canton"),
}
_ANY = re.compile("|".join(name for group in _GROUPS for name in group))


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each place of the Chinese that the English takes for another."""
    for pair in checked.pairs:
        segment = pair.segment
        for found in _ANY.finditer(segment.zh):
            group = next(group for group in _GROUPS if found.group() in group)
            right = group[found.group()]
            if any(name in segment.en for name in _ALSO.get(right, (right,))):
                continue
            named = {english for chinese, english in group.items() if chinese in segment.zh}
            for other in sorted(set(group.values()) - named):
                at = re.search(rf"\b{other}\b", segment.en)
                if at is not None:
                    text = message(
                        "{zh} is {right}, not {other}.", zh=found.group(), right=right, other=other
                    )
                    spans = Span(*at.span()), Span(*found.span())
                    yield context.finding(CODE, segment, text, en=spans[0], zh=spans[1], suggest=(right,))
                    break
