"""Files as clinics bring them: see import_fixtures."""

from tests.integration.import_fixtures import book, run_import, upload

__all__ = ["book", "run_import", "upload"]
