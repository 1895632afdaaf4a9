"""Loads a data set into its site: masters through documents, masses in bulk on all processors.

A load that was interrupted leaves no stamp; the next one begins with a fresh site.
"""

import datetime
import multiprocessing
import os
import sys
import tempfile
import time
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import frappe
import MySQLdb

from devbench import sites
from devbench.paths import Bench
from devbench.settings import known_ports, passwords
from devbench.stamp import read_json
from devbench.ui import Stop, say
from tests.bench.data import masters, stamp
from tests.bench.data.bulk import load_table
from tests.bench.data.tables import ALL
from tests.bench.world import SIZES, World, site_of

ZONE = zoneinfo.ZoneInfo("Asia/Tehran")
WORKERS = max(2, min(4, os.cpu_count() or 2))
REPORT_SECONDS = 5.0


def today() -> datetime.date:
	"""The day it is in the sites' time zone."""
	return datetime.datetime.now(ZONE).date()


def ensure(size: str, *, fresh: bool = False) -> World:
	"""The world of a loaded site; loads it first if it is missing, outdated or `fresh` is asked for.

	Where only the schema is another one, an index for example, the site is migrated and its rows stay.
	"""
	bench = Bench()
	folder, digest = bench.sites / site_of(size), sites.schema_digest(bench)
	found = stamp.read(folder)
	if fresh or not found or not found.is_current(size, today()):
		return load(size)
	if found.schema != digest:
		with _alone(bench, folder.name):
			sites.migrate(bench, folder.name)
			stamp.write(folder, replace(found, schema=digest))
	with inside(bench, folder.name):
		masters.open_online()
		frappe.db.commit()
	return World(SIZES[size], found.day)


def load(size: str, anchor: datetime.date | None = None) -> World:
	"""Make the site anew and fill it; prints progress. Raises Stop if another load is running."""
	bench, world = Bench(), World(SIZES[size], anchor or today())
	begun, digest = time.monotonic(), sites.schema_digest(bench)
	with _alone(bench, world.site):
		stamp.clear(bench.sites / world.site)
		sites.drop(bench, world.site)
		sites.create(bench, world.site, passwords(bench)["test_admin"], "en")
		sites.set_config(bench, world.site, pause_scheduler=1)
		with inside(bench, world.site):
			masters.insert_all(world)
			frappe.db.commit()
		made = time.monotonic()
		rows = _in_bulk(bench, world)
		with inside(bench, world.site):
			masters.set_counters(world)
			frappe.db.commit()
			frappe.clear_cache()
		now = time.monotonic()
		folder = bench.sites / world.site
		seconds = round(now - begun, 1)
		stamp.write(
			folder,
			stamp.Loaded(size, stamp.GENERATOR, digest, world.anchor.isoformat(), seconds, rows),
		)
	say(
		f"  {size}: {rows:,} rows in {now - made:.0f} s, {rows / (now - made):,.0f} rows/s;"
		f" with the site {seconds:.0f} s"
	)
	return world


@contextmanager
def _alone(bench: Bench, site: str) -> Iterator[None]:
	"""Nobody else loads this site meanwhile."""
	with open(bench.run / f"load-{site}.lock", "w") as lock:
		try:
			flock(lock, LOCK_EX | LOCK_NB)
		except OSError:
			raise Stop(f"{site} is being loaded by another process") from None
		yield


@contextmanager
def inside(bench: Bench, site: str) -> Iterator[None]:
	"""Inside Frappe as Administrator."""
	frappe.init(site=site, sites_path=str(bench.sites))
	frappe.connect()
	try:
		yield
	finally:
		frappe.destroy()


def connect(bench: Bench, site: str) -> MySQLdb.Connection:
	"""The site's database as root: reading a pipe needs the FILE privilege."""
	return MySQLdb.connect(
		host="127.0.0.1",
		port=known_ports(bench, "data")["mariadb"],
		user="root",
		password=passwords(bench)["db_root"],
		database=read_json(bench.sites / site / "site_config.json")["db_name"],
		charset="utf8mb4",
	)


def _in_bulk(bench: Bench, world: World) -> int:
	"""Fill all tables with a process for each processor; returns the number of rows."""
	context = multiprocessing.get_context("fork")
	expected = [table.expected(world) for table in ALL]
	order = sorted(range(len(ALL)), key=lambda i: -expected[i])
	jobs, done = context.SimpleQueue(), context.Value("q", 0)
	failed = context.SimpleQueue()
	for place in [*order, *[None] * WORKERS]:
		jobs.put(place)
	with tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder:
		os.chmod(folder, 0o755)
		given = (bench, world, Path(folder), jobs, done, failed)
		workers = [context.Process(target=_work, args=given) for _ in range(WORKERS)]
		for worker in workers:
			worker.start()
		try:
			_watch(workers, done, sum(expected))
		finally:
			for worker in workers:
				worker.terminate()
				worker.join()
	if not failed.empty():
		raise Stop(f"loading failed: {failed.get()}")
	if any(worker.exitcode for worker in workers):
		raise Stop("loading failed: a worker ended early")
	return done.value


def _work(bench: Bench, world: World, folder: Path, jobs, done, failed) -> None:
	"""Take one table after the other until there is none left."""
	connection = connect(bench, world.site)

	def report(count: int) -> None:
		with done.get_lock():
			done.value += count

	while (place := jobs.get()) is not None:
		table = ALL[place]
		try:
			load_table(connection, folder, table.doctype, table.all_columns, table.rows(world), report)
			connection.cursor().execute(f"ANALYZE TABLE `tab{table.doctype}`")
		except Exception as error:
			failed.put(str(error))
			os._exit(1)
	connection.close()


def _watch(workers: list, done, expected: int) -> None:
	"""Tell how far it is until all workers have ended, or one has failed."""
	begun = last = time.monotonic()
	while any(worker.is_alive() for worker in workers):
		if any(worker.exitcode for worker in workers):
			return
		time.sleep(0.2)
		now = time.monotonic()
		if now - last >= REPORT_SECONDS:
			last = now
			_tell(done.value, expected, now - begun)


def _tell(rows: int, expected: int, seconds: float) -> None:
	pace = rows / seconds
	left = max(expected - rows, 0) / pace if pace else 0
	print(
		f"  {min(rows / expected, 0.99):4.0%}  {rows:>12,} rows  {pace:>8,.0f} rows/s  {left:4.0f} s left",
		file=sys.stderr,
		flush=True,
	)
