"""Tests, and the bench that measures (`tests/bench`). A package, because another one of this name may be installed."""
