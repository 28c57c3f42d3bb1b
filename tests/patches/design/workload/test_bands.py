import pytest

from patches.design.workload.bands import band_for


@pytest.mark.parametrize(
    ("own_hours", "own_homes", "expected"),
    [
        (290.0, 290, (280, 300)),  # average homes
        (145.0, 290, (280, 300)),  # quiet homes: never above what is agreed
        (580.0, 290, (140, 150)),  # twice the work, half the homes
        (319.0, 290, (255, 273)),
        (0.0, 0, (280, 300)),
        (1e9, 1, (1, 1)),
    ],
)
def test_band_for(own_hours, own_homes, expected):
    band = band_for(
        mean_hours=1.0,
        own_hours=own_hours,
        own_homes=own_homes,
        band_min=280,
        band_max=300,
    )

    assert band == expected
