"""Services, patients, scheduling and session plans of a clinic."""

__version__ = "0.1.0"
