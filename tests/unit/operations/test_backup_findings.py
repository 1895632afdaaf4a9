"""What checks say: named up to a measure, kept as JSON, and weighed."""

import json

from clinic_core.operations.backup.findings import MOST_NAMED, check, finding, from_dict, warning


def test_many_findings_are_counted_after_the_first_ones():
	found = check("row_counts", 281, [finding("table_missing", f"tab{n}") for n in range(MOST_NAMED + 5)])
	assert len(found.findings) == MOST_NAMED + 1
	assert (found.findings[-1].code, found.findings[-1].params) == ("and_more", (5,))
	assert not found.ok


def test_warnings_do_not_make_a_check_red_however_many():
	found = check("uploads_present", 9, [warning("upload_absent", f"x{n}") for n in range(MOST_NAMED + 1)])
	assert found.ok and found.findings[-1].severity == "warning"


def test_a_check_survives_json():
	found = check("archives", None, [finding("archived_file_differs", "private/files/x", 5, 7)])
	assert from_dict(json.loads(json.dumps(found.as_dict()))) == found
