"""Figures that look random and are always the same. Pure.

A data set of a million rows is never drawn from one random number generator: every record is
computed from its own number, so that any record can be known without making the ones before it.
"""

_MASK = (1 << 64) - 1


def mix(stream: int, a: int, b: int = 0) -> int:
	"""A 64-bit figure for record (a, b) of a stream; neighbours have nothing in common."""
	x = (a * 0x9E3779B97F4A7C15 + b * 0xBF58476D1CE4E5B9 + stream * 0x94D049BB133111EB + 0x2545F491) & _MASK
	x ^= x >> 31
	x = x * 0x7FB5D329728EA185 & _MASK
	x ^= x >> 27
	x = x * 0x81DADEF4BC2DD44D & _MASK
	return x ^ x >> 33


def skewed(figure: int, count: int) -> int:
	"""A place among `count`, the first ones more often: as with family names."""
	share = (figure & 0xFFFFFF) / 0x1000000
	return int(share * share * count)
