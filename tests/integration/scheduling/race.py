"""Many database connections want the same times; run as a program of its own.

`python race.py SITE SITES_PATH CONNECTIONS ROUNDS`: makes its own clinic, races, removes it again and
prints one JSON object of figures. Every round is one slot that all connections want at once, each
for its own patient. Kinds of rounds: "claims" (the claim code with its locks), "booking" (the whole
booking through `boundary.command`), "unlocked" (a door that forgot to lock: the unique key alone).
"""

import datetime
import json
import multiprocessing
import sys
import threading
import time
from collections import Counter

import frappe
from clinic_core.foundation import boundary, compat
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import booking, claims
from clinic_core.scheduling.cells import cover, minute_of

PROCESSES = 2
BOOKING_ROUNDS = 6
UNLOCKED_ROUNDS = 12
SLOTS_A_DAY = 40  # half hours from 00:00
TAG = "RACE"
WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CLEAN = (
	"Clinic Time Claim",
	"Clinic Appointment Step",
	"Clinic Appointment",
	"Clinic Schedule Shift",
	"Clinic Schedule",
	"Clinic Practitioner Service",
	"Clinic Practitioner",
	"Clinic Search Key",
	"Clinic Patient",
	"Clinic Service",
	"Clinic Department",
	"Clinic Branch",
)


def connect(site, path):
	frappe.init(site=site, sites_path=path)
	frappe.connect()


def make(doctype, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name


def prepare(connections):
	branch = make("Clinic Branch", code=f"{TAG}BR", title=TAG)
	department = make("Clinic Department", code=f"{TAG}DEP", title=TAG)
	service = make(
		"Clinic Service",
		code=f"{TAG}SRV",
		service_name=TAG,
		department=department,
		amount=1,
		duration_minutes=30,
	)
	doctor = make(
		"Clinic Practitioner", code=f"{TAG}DR", practitioner_name=TAG, services=[{"service": service}]
	)
	make(
		"Clinic Schedule",
		practitioner=doctor,
		valid_from="2020-01-01",
		shifts=[
			{"weekday": day, "start": "00:00:00", "end": "23:59:00", "branch": branch} for day in WEEKDAYS
		],
	)
	patients = [
		make("Clinic Patient", first_name=TAG, last_name=str(n), referral_source="WALKIN")
		for n in range(connections)
	]
	frappe.db.commit()
	return {"service": service, "doctor": doctor, "patients": patients}


def clean():
	frappe.db.rollback()
	like = f"{TAG}%"
	patients = frappe.get_all("Clinic Patient", {"first_name": TAG}, pluck="name") or [""]
	appointments = frappe.get_all("Clinic Appointment", {"practitioner": f"{TAG}DR"}, pluck="name") or [""]
	schedules = frappe.get_all("Clinic Schedule", {"practitioner": f"{TAG}DR"}, pluck="name") or [""]
	where = {
		"Clinic Time Claim": {"resource_key": ("in", [f"PR:{TAG}DR", *(f"PT:{p}" for p in patients)])},
		"Clinic Appointment Step": {"parent": ("in", appointments)},
		"Clinic Appointment": {"practitioner": f"{TAG}DR"},
		"Clinic Schedule Shift": {"parent": ("in", schedules)},
		"Clinic Schedule": {"practitioner": f"{TAG}DR"},
		"Clinic Practitioner Service": {"parent": ("like", like)},
		"Clinic Search Key": {"reference_name": ("in", patients)},
		"Clinic Patient": {"first_name": TAG},
	}
	for doctype in CLEAN:
		frappe.db.delete(doctype, where.get(doctype, {"name": ("like", like)}))
	frappe.db.delete("Version", {"docname": ("in", [*appointments, *patients])})
	frappe.db.commit()


def kind_of(number):
	if number < BOOKING_ROUNDS:
		return "booking"
	return "unlocked" if number < BOOKING_ROUNDS + UNLOCKED_ROUNDS else "claims"


def start_of(number):
	day = datetime.date.today() + datetime.timedelta(days=2 + number // SLOTS_A_DAY)
	midnight = datetime.datetime.combine(day, datetime.time())
	return midnight + datetime.timedelta(minutes=30 * (number % SLOTS_A_DAY))


def attempt(world, number, contender, retries):
	"""Returns whether this contender has won. Every retry of the database's making is counted."""
	kind, patient, start = kind_of(number), world["patients"][contender], start_of(number)

	def work():
		try:
			if kind == "booking":
				booking.book(patient, world["service"], world["doctor"], start)
			else:
				claim(world, patient, minute_of(start), f"{TAG}-{number}-{contender}", kind == "claims")
		except Exception as error:
			if compat.is_retryable(error):
				retries[kind] += 1
			raise

	try:
		boundary.command("race", None, work)
	except (claims.CellTaken, SlotTakenError):
		frappe.local.message_log = []
		return False
	return True


def claim(world, patient, minute, name, locked):
	if locked:
		lock_rows([("Clinic Practitioner", world["doctor"]), ("Clinic Patient", patient)])
	cells = cover(minute, minute + 30)
	wants = [claims.Want(f"PR:{world['doctor']}", cells), claims.Want(f"PT:{patient}", cells)]
	claims.write(claims.seat(wants, claims.read(wants, None)), name)


def racer(site, path, world, numbers, contender, gate, results):
	wins, errors, retries = [], [], Counter()
	connect(site, path)
	try:
		for number in numbers:
			gate.wait()
			try:
				if attempt(world, number, contender, retries):
					wins.append(number)
			except Exception as error:
				errors.append(f"round {number}: {type(error).__name__}: {error}")
	finally:
		frappe.destroy()
		results.append((wins, errors, retries))


def process(site, path, world, numbers, contenders, together, queue):
	# Threads of one process meet first, then the processes: all connections start at once.
	gate = threading.Barrier(len(contenders), action=lambda: together.wait(60))
	results = []
	threads = [
		threading.Thread(target=racer, args=(site, path, world, numbers, c, gate, results))
		for c in contenders
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	queue.put(results)


def race(site, path, connections, rounds, world):
	context = multiprocessing.get_context("fork")
	together, queue = context.Barrier(PROCESSES), context.Queue()
	shares = [list(range(connections))[i::PROCESSES] for i in range(PROCESSES)]
	begun = time.monotonic()
	children = [
		context.Process(target=process, args=(site, path, world, range(rounds), share, together, queue))
		for share in shares
	]
	for child in children:
		child.start()
	results = [row for _child in children for row in queue.get(timeout=280)]
	for child in children:
		child.join()
	return time.monotonic() - begun, results


def held(world, rounds):
	"""Cells of the practitioner per slot, as the database has them."""
	rows = frappe.get_all(
		"Clinic Time Claim",
		{"resource_key": f"PR:{world['doctor']}"},
		["appointment", "cell"],
		order_by="cell asc",
	)
	by_cell = Counter(row.cell for row in rows)
	owners = {(row.cell // 6, row.appointment) for row in rows}
	return {"doubled": sum(n > 1 for n in by_cell.values()), "cells": len(rows), "owners": len(owners)}


def main(site, path, connections, rounds):
	connect(site, path)
	clean()
	world = prepare(connections)
	frappe.destroy()
	try:
		seconds, results = race(site, path, connections, rounds, world)
		connect(site, path)
		table = held(world, rounds)
	finally:
		if not getattr(frappe.local, "db", None):
			connect(site, path)
		clean()
		frappe.destroy()
	wins = Counter(number for won, _errors, _retries in results for number in won)
	figures = {
		"connections": len(results),
		"rounds": rounds,
		"seconds": round(seconds, 1),
		"rounds_with_one_winner": sum(wins[number] == 1 for number in range(rounds)),
		"errors": [error for _won, errors, _retries in results for error in errors][:10],
		"database_retries": dict(sum((r for _w, _e, r in results), Counter())),
		"kinds": dict(Counter(kind_of(n) for n in range(rounds))),
		**table,
	}
	sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
