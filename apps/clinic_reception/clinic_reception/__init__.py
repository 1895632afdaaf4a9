"""Front desk, cash desk and patient statement of a clinic."""

__version__ = "0.1.0"
