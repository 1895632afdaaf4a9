"""Creates a site: `python -m devbench.site_new SITE`, from the sites folder, passwords as JSON on standard input.

Frappe's own `new-site` would do but for two things: it hands the path of its SQL file to a
shell without quotes, which breaks in a folder with spaces, and it takes passwords as
arguments, which every user of the machine can see while it runs.
"""

import json
import shlex
import sys

import frappe
from frappe.database.db_manager import DbManager
from frappe.installer import _new_site


def _quote_sql_path() -> None:
	"""Quote the path before Frappe puts it into its shell command."""
	original = DbManager.restore_database

	def restore(target: str, source: str, user: str, password: str) -> None:
		original(target, shlex.quote(source), user, password)

	DbManager.restore_database = staticmethod(restore)


def main(site: str) -> None:
	"""Create the database and the bare site."""
	secrets = json.load(sys.stdin)
	_quote_sql_path()
	frappe.init(site=site, new_site=True)
	_new_site(
		None,
		site,
		db_root_username="root",
		db_root_password=secrets["db_root"],
		admin_password=secrets["admin"],
		install_apps=[],
		force=True,
		no_mariadb_socket=True,
		db_type="mariadb",
	)
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1])
