"""What a person sees: steps with their times, and one clear line when something is wrong."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STARTED = time.monotonic()


class Stop(Exception):
	"""A failure that the person in front can act on; its text is the one line that is shown."""


def say(text: str) -> None:
	"""Print a line at once, also when output goes to a file."""
	print(text, file=sys.stderr, flush=True)


def clock(seconds: float) -> str:
	"""Seconds as a person reads them: 4.2 s, 1:05 min."""
	if seconds < 60:
		return f"{seconds:.1f} s"
	return f"{int(seconds) // 60}:{int(seconds) % 60:02d} min"


@contextmanager
def step(title: str) -> Iterator[None]:
	"""Announce a step when it starts and say how long it took when it ends."""
	begun = time.monotonic()
	say(f"  … {title}")
	yield
	now = time.monotonic()
	say(f"  ✓ {title} ({clock(now - begun)}; {clock(now - STARTED)} since start)")
