"""Checks of the source: `python -m devbench.lint`."""
