"""What the tests of the backup back up: a few committed records that a restored backup must agree on.

Amounts and names are unlike any other, so that a test can find and change them in a dump.
"""

import datetime
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from decimal import Decimal

from clinic_core.operations.backup import gpg, loading, restored
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.loading import Server

from devbench.paths import Bench
from devbench.settings import passwords

KEY = "the key of the test"
DEBT, PAID = "123457.000000000", "23456.000000000"  # as a dump shows them
UPLOAD = "private/files/backup-test-x-ray.txt"
ENTITY, RECEPTION, ENTITLEMENT, APPOINTMENT = "BKUP", "backuptest-r", "backuptest-e", "backuptest-a"
VOUCHER = "backuptest-v"


def create(frappe):
	"""Commit the records; `remove` takes them back."""
	from clinic_core.scheduling.cells import minute_of
	from clinic_reception.cash_desk import posting, sealer
	from clinic_reception.cash_desk.ledger import Entry

	later = datetime.datetime.now().replace(microsecond=0) + datetime.timedelta(days=30)
	_insert(frappe, "Clinic Legal Entity", ENTITY, code=ENTITY, title="Backup test")
	_insert(frappe, "Clinic Reception", RECEPTION, docstatus=1, outstanding=float(DEBT), status="Submitted")
	_insert(frappe, "Clinic Entitlement", ENTITLEMENT, quantity=7.25, status="Active")
	for kind, quantity in (("Grant", 7.25), ("Consume", -3)):
		_insert(
			frappe,
			"Clinic Entitlement Entry",
			f"{ENTITLEMENT}-{kind}",
			entitlement=ENTITLEMENT,
			kind=kind,
			quantity=quantity,
		)
	_insert(frappe, "Clinic Appointment", APPOINTMENT, status="Booked", start=later, end=later)
	for seat in (0, 1):
		_insert(
			frappe,
			"Clinic Time Claim",
			f"backuptest-c{seat}",
			resource_key="backup:test",
			cell=minute_of(later) // 5,
			seat=seat,
			appointment=APPOINTMENT,
		)
	sale, money = Decimal(DEBT), Decimal(PAID)
	posting.post(
		"Clinic Reception",
		RECEPTION,
		[
			Entry("Receivable", sale, reception=RECEPTION, legal_entity=ENTITY),
			Entry("Unearned", -sale, legal_entity=ENTITY),
		],
	)
	posting.post(
		"Clinic Payment",
		VOUCHER,
		[Entry("Cash", money, legal_entity=ENTITY), Entry("Credit", -money, legal_entity=ENTITY)],
	)
	frappe.db.commit()
	sealer.seal_batch(ENTITY)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": pathlib.Path(UPLOAD).name, "content": "bones", "is_private": 1}
	)
	file.insert()
	frappe.db.commit()


def _insert(frappe, doctype, name, **values):
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = name
	doc.db_insert()


def remove(frappe):
	frappe.db.rollback()
	for name in frappe.get_all("File", {"file_name": pathlib.Path(UPLOAD).name}, pluck="name"):
		frappe.delete_doc("File", name, force=True)
	for doctype, filters in (
		("Clinic Legal Entity", {"name": ENTITY}),
		("Clinic Reception", {"name": RECEPTION}),
		("Clinic Entitlement", {"name": ENTITLEMENT}),
		("Clinic Entitlement Entry", {"entitlement": ENTITLEMENT}),
		("Clinic Appointment", {"name": APPOINTMENT}),
		("Clinic Time Claim", {"appointment": APPOINTMENT}),
		("Clinic Ledger Entry", {"legal_entity": ENTITY}),
		("Clinic Ledger Seal", {"legal_entity": ENTITY}),
		("Clinic Backup", {"name": ("is", "set")}),
		("Clinic Alert", {"code": "backup_failed"}),
	):
		frappe.db.delete(doctype, filters)
	frappe.db.commit()


def wish(frappe, values):
	"""Commit values of the settings as they are, unchecked."""
	for field, value in values.items():
		frappe.db.set_single_value("Clinic Backup Settings", field, value)
	frappe.db.commit()


def bench(site, sites_path, *arguments, **environment):
	"""Run a command of the bench as a person does; gives (exit code, what it said)."""
	done = subprocess.run(
		[sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *map(str, arguments)],
		cwd=sites_path,
		env={**os.environ, **environment},
		capture_output=True,
		text=True,
	)
	return done.returncode, done.stdout + done.stderr


class Copy:
	"""A plain copy of a backup that a test may damage."""

	def __init__(self, source, target):
		shutil.copytree(source, target)
		self.folder = target
		self.manifest = manifests.read(target)
		for role, entry in self.manifest.files.items():
			with gpg.opened(target / entry["name"], KEY) as stream:
				(target / role).write_bytes(stream.read())
			(target / entry["name"]).unlink()
			self._say(role)
		self.manifest.encrypted = False
		self._write()

	def part(self, role):
		return self.folder / role

	def damage(self, role, change):
		"""Change the bytes of a part; the manifest still speaks of what was."""
		self.part(role).write_bytes(change(self.part(role).read_bytes()))

	def change_dump(self, change):
		"""Change the SQL and pack it again; the manifest is forged along."""
		plain = gzip.decompress(self.part("database").read_bytes()).decode()
		self.part("database").write_bytes(gzip.compress(change(plain).encode(), 1))
		self.forge("database")

	def forge(self, role):
		"""Let the manifest speak of what is there now."""
		self._say(role)
		self._write()

	def _say(self, role):
		self.manifest.files[role] = manifests.describe(self.part(role))

	def _write(self):
		(self.folder / manifests.MANIFEST).write_text(json.dumps(self.manifest.as_dict()))


def rows_of(sql, table, change):
	"""`sql` with the INSERTs of one table changed. Line ends inside values are escaped in a dump."""
	inserts = re.compile(rf"^INSERT INTO `tab{table}` .*?;\n", re.MULTILINE | re.DOTALL)
	assert inserts.search(sql), f"there are no rows of {table}"
	return inserts.sub(lambda found: change(found[0]), sql)


def one_value(sql, table, old, new):
	"""`sql` with a value changed that stands in one place among the rows of a table."""
	found = []
	rows_of(sql, table, lambda line: found.append(line.count(old)) or line)
	assert sum(found) == 1, f"{old} stands in {sum(found)} places"
	return rows_of(sql, table, lambda line: line.replace(old, new))


def without_unique_key(sql, table):
	"""`sql` with a table that allows everything twice."""
	start = sql.index(f"CREATE TABLE `tab{table}`")
	definition = sql[start : sql.index("\n) ENGINE", start)]
	kept = [line for line in definition.split("\n") if "UNIQUE KEY" not in line]
	assert len(kept) < len(definition.split("\n"))
	kept[-1] = kept[-1].rstrip(",")
	return sql.replace(definition, "\n".join(kept))


def shortened(sql):
	"""A dump with one table, which is loaded in no time."""
	start = sql.index("CREATE TABLE `tabUser` ")
	return sql[start : sql.index("UNLOCK TABLES", start)] + "\n-- Dump completed\n"


def root():
	"""The variable with which a command may make databases."""
	return {"CLINIC_DB_ROOT_PASSWORD": passwords(Bench())["db_root"]}


def _connection(database="mysql", user="root", password=None):
	import frappe

	return restored.connect(
		Server(
			database,
			user,
			password if password is not None else root()["CLINIC_DB_ROOT_PASSWORD"],
			host="127.0.0.1",
			port=int(frappe.conf.db_port),
		)
	)


def _all(connection, statement, *values):
	with closing(connection) as open_one:
		cursor = open_one.cursor()
		cursor.execute(statement, values or None)
		rows = cursor.fetchall()
		open_one.commit()
		return rows


def ask(config, statement, *values):
	"""One value of the site that a configuration names."""
	return _all(_connection(config["db_name"], config["db_name"], config["db_password"]), statement, *values)[
		0
	][0]


def as_root(statement):
	_all(_connection(), statement)


def databases():
	return {row[0] for row in _all(_connection(), "SHOW DATABASES")}


def everything(frappe):
	"""What a restore that fails must not change: configuration, files, databases and accounts."""
	site = pathlib.Path(frappe.get_site_path())
	return (
		json.loads((site / "site_config.json").read_text()),
		sorted(str(path) for path in site.rglob("*") if "logs" not in path.parts),
		databases(),
		set(_all(_connection(), "SELECT user, host FROM mysql.user")),
	)


@contextmanager
def another_site(sites_path, like, name, backup):
	"""A site made of a backup; gives a function that speaks to its database."""
	import frappe

	folder, database = sites_path / name, "backup_test"
	shutil.rmtree(folder, ignore_errors=True)
	for part in ("private/files", "public/files", "locks", "logs"):
		(folder / part).mkdir(parents=True)
	config = json.loads((sites_path / like / "site_config.json").read_text())
	config |= {"db_name": database, "db_password": "x", "pause_scheduler": 1}
	for statement in (
		f"CREATE OR REPLACE DATABASE {database}",
		f"CREATE OR REPLACE USER {database}@'%' IDENTIFIED BY 'x'",
		f"GRANT ALL ON {database}.* TO {database}@'%'",
	):
		_all(_connection(), statement)
	(folder / "site_config.json").write_text(json.dumps(config))
	try:
		port = int(frappe.conf.db_port)
		manifest = manifests.read(backup)
		server = Server(database, database, "x", host="127.0.0.1", port=port)
		loading.load(backup / manifest.files["database"]["name"], KEY, server)
		yield lambda statement: _all(_connection(database), statement)
	finally:
		last = json.loads((folder / "site_config.json").read_text())["db_name"]
		for one in {database, last}:
			_all(_connection(), f"DROP DATABASE IF EXISTS `{one}`")
			_all(_connection(), f"DROP USER IF EXISTS `{one}`@'%'")
		shutil.rmtree(folder, ignore_errors=True)
