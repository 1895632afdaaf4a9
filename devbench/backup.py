"""`./clinic backup` and `./clinic restore` for a site of this bench (N7)."""

import argparse
from collections.abc import Callable


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our commands to the command line."""
