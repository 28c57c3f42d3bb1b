"""The assumptions Housing+ comes with: to start from, not anybody's findings."""

from __future__ import annotations

from dataclasses import dataclass

SET_NAME = "Starting assumptions"
NOTES = (
    "These figures come with Housing+. They are assumptions, not measurements: nobody "
    "timed them and they follow no published standard. Minutes and rates are set so "
    "that 290 average homes, with their estate inspections, association and meetings, "
    "make about one full-time officer's month, which is what patches of 280 to 300 "
    "homes take for granted. Leave, sickness and training are those of a usual council "
    "contract. Copy the set, put in what your own officers report, and keep the date."
)


@dataclass(frozen=True)
class DefaultWork:
    """A kind of work to start from; `of_types` are other rates by type of home."""

    name: str
    service: str
    officer_minutes: int
    back_office_minutes: int
    per_year: str
    basis: str = "home"
    nature: str = "reactive"
    of_types: tuple[tuple[str, str], ...] = ()


DEFAULT_WORK = (
    DefaultWork("Visit", "", 45, 0, "1.000"),
    DefaultWork(
        "Rent arrears",
        "Income",
        35,
        30,
        "1.100",
        of_types=(("flat", "1.300"), ("maisonette", "1.200")),
    ),
    DefaultWork(
        "Antisocial behaviour",
        "Community safety",
        150,
        60,
        "0.340",
        of_types=(("flat", "0.480"), ("maisonette", "0.420"), ("house", "0.280")),
    ),
    DefaultWork(
        "Repairs liaison",
        "Repairs",
        12,
        20,
        "1.900",
        of_types=(("flat", "2.300"), ("maisonette", "2.100"), ("house", "1.700")),
    ),
    DefaultWork("Tenancy change", "Lettings", 240, 180, "0.070"),
    DefaultWork("Safeguarding", "Community safety", 300, 60, "0.045"),
    DefaultWork(
        "Annual tenancy visit",
        "",
        40,
        0,
        "1.000",
        nature="proactive",
    ),
    DefaultWork("Letters and enquiries", "Customer services", 7, 6, "4.000"),
    DefaultWork(
        "Estate inspection",
        "Estates",
        30,
        10,
        "12.000",
        basis="block",
        nature="proactive",
    ),
    DefaultWork(
        "Associations and meetings",
        "",
        150,
        0,
        "24.000",
        basis="patch",
        nature="proactive",
    ),
)
