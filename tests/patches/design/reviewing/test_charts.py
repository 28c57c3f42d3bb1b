from __future__ import annotations

import pytest

from patches.design.presenters.charts import HEIGHT, WIDTH, bar_chart


def test_nothing_to_show_is_no_chart():
    assert bar_chart("Hours", []) is None
    assert bar_chart("Hours", [("May 26", 0.0, 0.0, False)]) is None


@pytest.mark.parametrize("most", [0.3, 1, 7, 12, 99, 100, 4_321, 1_000_000])
def test_everything_lies_inside_and_the_lines_are_round(most):
    rows = [("May 26", most, most / 2, False), ("Jun 26", most / 3, most, True)]
    chart = bar_chart("Hours", rows)
    assert chart is not None
    assert 3 <= len(chart.ticks) <= 7
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.y >= 0
        assert bar.y + bar.height == pytest.approx(chart.floor, abs=0.11)
    assert all(0 <= y <= HEIGHT for _, _, y in chart.line)
    assert [bar.is_marked for bar in chart.bars] == [False, True]
    assert chart.ticks[0].text == "0"
    assert all("e" not in tick.text for tick in chart.ticks)


def test_bars_are_as_tall_as_their_numbers():
    chart = bar_chart("Hours", [("a", 10, 0, False), ("b", 5, 0, False)])
    assert chart is not None
    assert chart.bars[0].height == pytest.approx(2 * chart.bars[1].height, abs=0.2)
