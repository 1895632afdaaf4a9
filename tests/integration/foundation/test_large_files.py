"""Tables of a whole clinic are larger than Frappe's limit (E037)."""


def test_the_limit_is_raised_once_and_what_somebody_set_stays(site, monkeypatch):
	from clinic_core.foundation import app_lifecycle, compat

	written = []
	monkeypatch.setattr(compat, "set_site_config", lambda *given: written.append(given))
	monkeypatch.setitem(site.local.conf, "max_file_size", None)
	app_lifecycle.allow_large_files()
	assert written == [("max_file_size", 50 * 1024 * 1024)]
	monkeypatch.setitem(site.local.conf, "max_file_size", 1024)
	app_lifecycle.allow_large_files()
	assert len(written) == 1


def test_an_installed_site_takes_a_table_of_a_hundred_thousand_rows(site):
	assert site.conf.max_file_size >= 50 * 1024 * 1024
