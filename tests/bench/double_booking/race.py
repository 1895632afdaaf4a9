"""The race itself: processes with threads, each thread a database connection of its own."""

import datetime
import multiprocessing
import queue as queues
import signal
import sys
import threading
import time

import frappe
from clinic_core.foundation import boundary

from tests.bench.double_booking import clinic, doors
from tests.bench.double_booking.verdict import Tally

PATIENCE_SECONDS = 120  # the slowest round of a busy machine, ten times over
REPORT_SECONDS = 10


class Broken(Exception):
	"""The race could not be run to its end."""


def attempt(world, round_, contender, tally):
	"""Try to get the time of a round, as an endpoint would: inside one command."""
	tries = 0

	def work():
		nonlocal tries
		tries += 1
		try:
			return doors.ENTER[round_.door](world, round_, contender)
		except Exception as error:
			if name := doors.trouble(error):
				tally.counts[name] += 1
			raise

	began = time.monotonic()
	try:
		tally.won(round_.number, contender, boundary.command("double-booking", None, work))
	except doors.LOST:
		tally.counts["lost"] += 1
	except Exception as error:
		# Six attempts of the boundary were not enough, or it let through what it should retry.
		kind = "contention" if isinstance(error, boundary.ConflictError) or doors.trouble(error) else "other"
		tally.counts[f"surfaced {kind}"] += 1
		tally.errors.append(f"round {round_.number}, {round_.door}: {type(error).__name__}: {error}")
	tally.took(round_.number, round_.door, began, time.monotonic())
	tally.counts["retries"] += tries - 1
	tally.counts[f"retries {round_.door}"] += tries - 1
	frappe.local.message_log = []


def _contend(site, sites_path, world, rounds, contender, gate, done, tallies):
	"""One contender: one connection, all rounds."""
	tally = Tally()
	try:
		clinic.connect(site, sites_path)
		tally.connections.add(frappe.db.sql("select connection_id()")[0][0])
		for round_ in rounds:
			gate.wait()
			attempt(world, round_, contender, tally)
			if contender == 0:
				done.value = round_.number + 1
	except threading.BrokenBarrierError:
		pass  # somebody else could not go on, and says why
	except Exception as error:
		tally.counts["surfaced other"] += 1
		tally.errors.append(f"contender {contender} gave up: {type(error).__name__}: {error}")
		gate.abort()
	finally:
		frappe.destroy()
		tallies.append(tally)


def _process(site, sites_path, world, rounds, contenders, together, done, queue):
	"""The contenders of one process."""
	# The parent takes the terminal's Ctrl-C and ends us.
	signal.signal(signal.SIGINT, signal.SIG_IGN)
	signal.signal(signal.SIGTERM, signal.SIG_DFL)

	def all_here():
		# Threads of one process meet first, then the processes: all connections start at once.
		together.wait(PATIENCE_SECONDS)

	gate, tallies = threading.Barrier(len(contenders), action=all_here), []
	threads = [
		threading.Thread(
			target=_contend, args=(site, sites_path, world, rounds, c, gate, done, tallies), daemon=True
		)
		for c in contenders
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	if gate.broken:
		together.abort()
	total = Tally()
	for tally in tallies:
		total.add(tally)
	queue.put(total)


def run(site, sites_path, world, rounds, clients, processes):
	"""All rounds; returns (seconds, Tally). Raises Broken if a process is lost."""
	context = multiprocessing.get_context("fork")
	processes = min(processes, clients)
	together, queue, done = context.Barrier(processes), context.Queue(), context.Value("i", 0)
	children = [
		context.Process(
			target=_process,
			args=(site, sites_path, world, rounds, range(clients)[n::processes], together, done, queue),
			daemon=True,
		)
		for n in range(processes)
	]
	began = time.monotonic()
	try:
		for child in children:
			child.start()
		total = _gather(children, queue, done, len(rounds), began)
	finally:
		for child in children:
			child.terminate()
			child.join()
	return time.monotonic() - began, total


def _gather(children, queue, done, rounds, began):
	"""Wait for every process, saying every now and then how far they are."""
	total, waiting, said = Tally(), len(children), began
	while waiting:
		try:
			total.add(queue.get(timeout=0.5))
			waiting -= 1
		except queues.Empty:
			if any(child.exitcode for child in children):
				raise Broken("a process of the race ended before its time") from None
		if time.monotonic() - said >= REPORT_SECONDS:
			said = time.monotonic()
			_say(done.value, rounds, said - began)
	return total


def _say(done, rounds, seconds):
	rate = done / seconds
	left = f", {datetime.timedelta(seconds=int((rounds - done) / rate))} left" if rate else ""
	sys.stderr.write(f"  {done} of {rounds} rounds, {rate:.1f} rounds/s{left}\n")
	sys.stderr.flush()
