"""`./clinic attach` and `./clinic detach`: joins an official Frappe bench."""

import argparse
from collections.abc import Callable


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our commands to the command line."""
