"""A site of the bench for one test: a copy of the test site's database with a database user of its own."""

import json
import shutil
import subprocess

from devbench.debian import find
from devbench.paths import Bench
from devbench.settings import known_ports, passwords

KEPT = "_kept"
# What a run leaves in tables that are not ours, and what it must not leave.
OTHERS = ("tabError Log",)


class ScratchSite:
	"""Made, kept at one moment, put back to it as often as wanted, and dropped."""

	def __init__(self, sites_path, source, name):
		bench = Bench()
		self.sites_path, self.name, self.folder = sites_path, name, sites_path / name
		self._password = passwords(bench)["db_root"]
		self._port = known_ports(bench, "data")["mariadb"]
		self._source = json.loads((sites_path / source / "site_config.json").read_text())
		self.database = f"{self._source['db_name'][:40]}_night"

	def make(self):
		"""Copy database and folder."""
		self.drop()
		password = self._source["db_password"]
		self._run(
			f"CREATE DATABASE `{self.database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
			f"CREATE USER `{self.database}`@`%` IDENTIFIED BY '{password}';"
			f"GRANT ALL ON `{self.database}`.* TO `{self.database}`@`%`;"
		)
		dump = subprocess.Popen(
			[*self._client("mariadb-dump"), "--single-transaction", self._source["db_name"]],
			env=self._environment(),
			stdout=subprocess.PIPE,
		)
		subprocess.run(
			[*self._client("mariadb"), self.database], env=self._environment(), stdin=dump.stdout, check=True
		)
		assert dump.wait() == 0
		for part in ("private/files", "private/backups", "public/files", "locks", "logs"):
			(self.folder / part).mkdir(parents=True)
		config = {**self._source, "db_name": self.database, "db_user": self.database, "pause_scheduler": 1}
		(self.folder / "site_config.json").write_text(json.dumps(config))

	def drop(self):
		"""Leave nothing."""
		self._run(
			f"DROP DATABASE IF EXISTS `{self.database}`; DROP DATABASE IF EXISTS `{self.database}{KEPT}`;"
			f"DROP USER IF EXISTS `{self.database}`@`%`;"
		)
		shutil.rmtree(self.folder, ignore_errors=True)

	def keep(self):
		"""Remember our tables as they are now."""
		kept = f"{self.database}{KEPT}"
		tables = self._tables()
		copies = [
			f"CREATE TABLE `{kept}`.`{table}` LIKE `{self.database}`.`{table}`;"
			f"INSERT INTO `{kept}`.`{table}` SELECT * FROM `{self.database}`.`{table}`;"
			for table in tables
		]
		self._run(f"CREATE DATABASE `{kept}`;" + "".join(copies))

	def put_back(self):
		"""Our tables as they were when kept."""
		kept = f"{self.database}{KEPT}"
		copies = [
			f"DELETE FROM `{self.database}`.`{table}`;"
			f"INSERT INTO `{self.database}`.`{table}` SELECT * FROM `{kept}`.`{table}`;"
			for table in self._tables()
		]
		self._run("START TRANSACTION;" + "".join(copies) + "COMMIT;")

	def _tables(self):
		rows = self._run(
			"SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' "
			f"AND table_schema = '{self.database}' AND table_name LIKE 'tabClinic %'"
		).splitlines()
		return [*rows, *OTHERS]

	def _run(self, sql):
		done = subprocess.run(
			[*self._client("mariadb"), "--batch", "--skip-column-names"],
			env=self._environment(),
			input=sql,
			capture_output=True,
			text=True,
		)
		assert done.returncode == 0, done.stderr[-2000:]
		return done.stdout

	def _client(self, program):
		options = ("--no-defaults", "--protocol=tcp", "-h127.0.0.1", f"-P{self._port}", "-uroot")
		return (find(program), *options)

	def _environment(self):
		return {"MYSQL_PWD": self._password, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
