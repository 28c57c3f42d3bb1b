"""Set letters as PDF. Plain Python over plain values; see the end of this file."""
