"""The kernel with several real connections; what is written is removed again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

PREFIX = "test-concurrency"


@pytest.fixture
def site(frappe_site):
	"""Real commits, unlike everywhere else."""
	frappe = frappe_site
	frappe.db.rollback()
	frappe.set_user("Administrator")
	_clean(frappe)
	yield frappe
	_clean(frappe)


def _clean(frappe):
	frappe.db.rollback()
	frappe.db.delete("Clinic Counter", {"name": ("like", f"%{PREFIX}%")})
	frappe.db.delete("Clinic Idempotency Key", {"method": ("like", f"{PREFIX}%")})
	frappe.db.commit()


@pytest.fixture
def together(site, site_name, sites_path):
	"""`together(count, work)`: runs `work(i)` in so many threads, each with a connection of its own."""

	def run(count, work):
		import frappe

		start = threading.Barrier(count)

		def one(i):
			frappe.init(site=site_name, sites_path=str(sites_path))
			frappe.connect()
			try:
				start.wait(timeout=30)
				return work(i)
			finally:
				frappe.destroy()

		with ThreadPoolExecutor(count) as pool:
			return list(pool.map(one, range(count)))

	return run


def test_counters_give_no_number_twice_and_leave_no_gap(together):
	from clinic_core.foundation import boundary, counters

	def take(_i):
		return [
			boundary.command(f"{PREFIX}.take", None, lambda: counters.next_value(f"{PREFIX}:n"))
			for _ in range(15)
		]

	taken = sorted(value for values in together(6, take) for value in values)
	assert taken == list(range(1, 91))


def test_a_new_counter_makes_nobody_wait_in_a_circle(together):
	"""Without the boundary's retries: forms and imports take numbers too."""
	import frappe
	from clinic_core.foundation import counters

	def take(i):
		values = []
		for round_ in range(10):
			values.append((round_, counters.next_value(f"{PREFIX}:new-{round_}")))
			frappe.db.commit()
		return values

	taken = [pair for values in together(6, take) for pair in values]
	assert sorted(taken) == [(round_, value) for round_ in range(10) for value in range(1, 7)]


def test_a_real_deadlock_is_retried_until_both_are_done(site, together):
	import frappe
	from clinic_core.foundation import boundary

	for name in ("a", "b"):
		key = f"{PREFIX}:{name}"
		site.get_doc({"doctype": "Clinic Counter", "key": key, "value": 0}).insert(ignore_permissions=True)
	site.db.commit()
	meet = threading.Barrier(2)
	attempts = []

	def crosswise(i):
		order = [f"{PREFIX}:a", f"{PREFIX}:b"][:: 1 if i == 0 else -1]
		mine = []

		def work():
			mine.append(1)
			attempts.append(i)
			for step, key in enumerate(order):
				value = frappe.db.get_value("Clinic Counter", key, "value", for_update=True)
				frappe.db.set_value("Clinic Counter", key, "value", value + 1)
				if step == 0 and len(mine) == 1:
					meet.wait(timeout=20)
			return "done"

		return boundary.command(f"{PREFIX}.cross", f"key-{i}", work)

	assert together(2, crosswise) == ["done", "done"]
	assert len(attempts) == 3, "one of the two was the victim once"
	site.db.rollback()
	values = site.get_all("Clinic Counter", {"name": ("like", f"{PREFIX}:%")}, pluck="value")
	assert values == [2, 2]


def test_twins_sent_at_once_are_done_once(site, together):
	from clinic_core.foundation import boundary, counters

	def send(_i):
		return boundary.command(
			f"{PREFIX}.twin", "same-key", lambda: counters.next_value(f"{PREFIX}:twin"), content={"a": 1}
		)

	assert together(6, send) == [1] * 6
	site.db.rollback()
	assert site.db.get_value("Clinic Counter", f"{PREFIX}:twin", "value") == 1


def test_locks_in_any_given_order_never_deadlock(together):
	import frappe
	from clinic_core.foundation.locks import lock_rows

	rows = [("Clinic Referral Source", "AD"), ("Clinic Branch", "MAIN"), ("Clinic Referral Source", "OTHER")]

	def lock(i):
		for round_ in range(20):
			lock_rows(rows[(i + round_) % 3 :] + rows[: (i + round_) % 3])
			frappe.db.rollback()
		return "ok"

	assert together(6, lock) == ["ok"] * 6


def test_two_registrations_get_two_file_numbers(site, together):
	from clinic_core.foundation import boundary
	from clinic_core.people import registration

	def register(i):
		data = {
			"first_name": PREFIX,
			"last_name": str(i),
			"mobile": f"091200000{i:02d}",
			"referral_source": "OTHER",
		}
		return boundary.command(f"{PREFIX}.register", None, lambda: registration.register(data))

	made = together(4, register)
	site.db.rollback()
	names = [row["name"] for row in made]
	try:
		assert len({row["file_no"] for row in made}) == 4
	finally:
		for doctype, field in (
			("Clinic Patient Phone", "parent"),
			("Clinic Search Key", "reference_name"),
			("Version", "docname"),
			("Clinic Patient", "name"),
		):
			site.db.delete(doctype, {field: ("in", names)})
		site.db.commit()
