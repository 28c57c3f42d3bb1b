"""Codes of new patches go on where those of the area end."""

from itertools import islice

from patches.design.codes import new_codes


def three(present, taken, name="Castle team"):
    return list(islice(new_codes(present, name, taken), 3))


def test_codes_go_on_after_the_last():
    assert three(["KS-01", "KS-07"], {"KS-01", "KS-07"}) == ["KS-08", "KS-09", "KS-10"]


def test_codes_once_used_elsewhere_are_left_out():
    taken = {"KS-01", "KS-02", "KS-12"}

    assert three(["KS-01"], taken)[0] == "KS-13"


def test_the_commonest_beginning_counts():
    assert three(["A1", "B1", "B2"], {"A1", "B1", "B2"}) == ["B3", "B4", "B5"]


def test_an_area_without_codes_has_its_initials():
    assert three([], set()) == ["CT-01", "CT-02", "CT-03"]
    assert three(["Harbour"], {"Harbour"}, "Åß") == ["P-01", "P-02", "P-03"]


def test_codes_grow_with_what_is_taken_meanwhile():
    taken = {"KS-01"}
    codes = new_codes(["KS-01"], "Castle", taken)
    first = next(codes)
    taken.update({first, "KS-03"})

    assert first == "KS-02"
    assert next(codes) == "KS-04"
