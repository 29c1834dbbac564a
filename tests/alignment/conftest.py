from __future__ import annotations

import pytest

from termbank.lexicon.dictionary import Lexicon
from termbank.services.lexicon_cache import lexicon as kept


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return kept(tmp_path_factory.getbasetemp() / "lexicon")


PAIRS: tuple[tuple[str, str], ...] = (
    ("一、总体要求", "I. General Requirements"),
    (
        "我们要坚持稳中求进工作总基调。",
        "We must follow the general principle of making progress while keeping performance stable.",
    ),
    ("去年，全国粮食产量创历史新高。", "Last year the nation's grain output reached a record high."),
    ("城镇新增就业超过一千二百万人。", "More than twelve million new urban jobs were created."),
    (
        "科技创新取得丰硕成果，航天事业迈出新步伐。",
        "Scientific and technological innovation bore fruit, and the space programme took new steps.",
    ),
    ("污染防治攻坚战成效明显。", "Clear results were achieved in the battle against pollution."),
    (
        "同时也要看到，外部环境更加复杂严峻。",
        "We must also see that the external environment has grown more complex and severe.",
    ),
    ("中小企业面临不少困难。", "Small and medium enterprises face many difficulties."),
    ("财政收支矛盾有所加大。", "The imbalance between government revenue and expenditure has grown."),
    ("二、主要任务", "II. Main Tasks"),
    (
        "要扩大内需，促进消费持续恢复。",
        "We will expand domestic demand and promote a sustained recovery of consumption.",
    ),
    ("加快建设现代化产业体系。", "We will move faster to build a modern industrial system."),
    (
        "深化国有企业改革，支持民营企业发展。",
        "We will deepen the reform of state-owned enterprises and support private firms.",
    ),
    ("扎实推进乡村振兴。", "Solid progress will be made in rural revitalization."),
    ("加强和改进党的建设。", "Party building will be strengthened and improved."),
    ("有关部门要加强监督检查。", "The departments concerned shall strengthen supervision and inspection."),
)
"""Sixteen sentences written for these tests."""


@pytest.fixture
def zh() -> list[str]:
    return [pair[0] for pair in PAIRS]


@pytest.fixture
def en() -> list[str]:
    return [pair[1] for pair in PAIRS]
