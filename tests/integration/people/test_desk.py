"""PINs and covered screens (G10)."""

import pytest


@pytest.fixture
def pins(site):
	from clinic_core.people.desk import pins

	return pins


@pytest.fixture
def covering(site):
	from clinic_core.people.desk import covering

	return covering


def test_a_pin_is_asked_in_any_digits_and_never_read(site, pins, staff):
	doc = staff()
	pins.set_pin(doc.name, "۲۷۳۹")
	assert pins.ask(doc.name, "2739") == pins.ask(doc.name, "۲۷۳۹") == pins.GOOD
	doc.reload()
	assert "2739" not in site.as_json(doc) and doc.has_pin == 1
	stored = site.db.sql("select password from `__Auth` where name=%s and fieldname='pin'", doc.name)[0][0]
	assert "2739" not in stored and stored.startswith("$")


def test_five_wrong_pins_lock_and_the_password_opens(site, pins, staff):
	from clinic_core.people.desk import sessions

	doc = staff()
	pins.set_pin(doc.name, "2739")
	outcomes = [pins.ask(doc.name, "9999") for _ in range(5)]
	assert outcomes == [pins.WRONG] * 4 + [pins.LOCKED]
	assert pins.ask(doc.name, "2739") == pins.LOCKED
	site.set_user(doc.user)
	sessions.signed_in()
	assert pins.ask(doc.name, "2739") == pins.GOOD


def test_a_right_pin_forgets_the_wrong_ones(site, pins, staff):
	doc = staff()
	pins.set_pin(doc.name, "2739")
	for _ in range(3):
		assert [pins.ask(doc.name, pin) for pin in ("1", "2", "2739")] == [pins.WRONG, pins.WRONG, pins.GOOD]


def test_without_a_pin_none_is_right(pins, staff):
	doc = staff()
	assert pins.ask(doc.name, "") == pins.ask(doc.name, "2739") == pins.NONE
	pins.set_pin(doc.name, "2739")
	pins.remove(doc.name)
	assert pins.ask(doc.name, "2739") == pins.NONE


def test_who_may_sit_at_a_desk(site, staff, pins):
	from clinic_core.people.desk import desks

	here, gone, off, ruler = staff(), staff(), staff(login_allowed=1), staff()
	desk = site.get_doc(
		{
			"doctype": "Clinic Shared Desk",
			"title": "Front",
			"people": [{"staff_member": one.name} for one in (here, gone, off, ruler)],
		}
	).insert()
	site.get_doc("User", ruler.user).add_roles("System Manager")
	off.login_allowed = 0
	off.save()
	from clinic_core.people.staff import leaving

	leaving.leave(gone.name, site.utils.getdate(), "moved")
	assert [row.staff_member for row in desks.people_at(desk.name)] == [here.name]


def test_a_covered_session_is_remembered_without_the_cache(site, covering, staff, monkeypatch):
	doc = staff()
	site.set_user(doc.user)
	monkeypatch.setattr(site.session, "sid", "a-session-of-a-test")
	covering.cover()
	site.cache.delete_value("clinic_cover:" + covering.fingerprint("a-session-of-a-test"))
	assert covering.is_covered("a-session-of-a-test") and not covering.is_covered("another")
	assert "a-session-of-a-test" not in site.as_json(site.get_all("Clinic Session Lock", fields=["*"]))
	covering.forget("a-session-of-a-test")
	assert not covering.is_covered("a-session-of-a-test")


def test_uncovering_ends_after_five_tries(site, covering, pins, staff, monkeypatch):
	doc = staff()
	pins.set_pin(doc.name, "2739")
	site.set_user(doc.user)
	monkeypatch.setattr(site.session, "sid", "another-session-of-a-test")
	covering.cover()
	assert covering.uncover("1111", None) == pins.WRONG
	assert covering.uncover("2739", None) == pins.GOOD
	covering.cover()
	outcomes = [covering.uncover(None, "") for _ in range(5)]
	assert outcomes == [pins.NONE] * 4 + ["over"]
	assert covering.uncover("2739", None) == "over"
	covering.forget("another-session-of-a-test")
