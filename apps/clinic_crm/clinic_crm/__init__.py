"""Leads, activities, calls and marketing channels of a clinic."""

__version__ = "0.1.0"
