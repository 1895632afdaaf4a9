"""`./clinic bench`: measures the clinic on data sets of its own (N13)."""

import argparse
from collections.abc import Callable


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our commands to the command line."""
