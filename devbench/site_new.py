"""Creates a bare site: `python -m devbench.site_new SITE`, from the sites folder, passwords as JSON on standard input.

Frappe's own `new-site` would do but for three things: it hands the path of its SQL file to a
shell without quotes, which breaks in a folder with spaces; it takes passwords as arguments,
which every user of the machine can see while it runs; and it takes long, where a copy of a
site made before takes a few seconds.
"""

import hashlib
import json
import os
import shlex
import sys

import frappe
from frappe.database.db_manager import DbManager
from frappe.installer import _new_site, install_db, make_site_dirs
from frappe.utils.password import update_password


def _quote_sql_path() -> None:
	"""Quote the path before Frappe puts it into its shell command."""
	original = DbManager.restore_database

	def restore(target: str, source: str, user: str, password: str) -> None:
		original(target, shlex.quote(source), user, password)

	DbManager.restore_database = staticmethod(restore)


def _from_nothing(site: str, db_root: str, admin: str) -> None:
	"""Let Frappe create all its tables and records."""
	_new_site(
		None,
		site,
		db_root_username="root",
		db_root_password=db_root,
		admin_password=admin,
		install_apps=[],
		force=True,
		no_mariadb_socket=True,
		db_type="mariadb",
	)


def _from_snapshot(db_root: str, admin: str, snapshot: str) -> None:
	"""Load the tables of a bare site made before; the database and its user are this site's own."""
	make_site_dirs()
	site_path = os.path.realpath(frappe.get_site_path())
	install_db(
		root_login="root",
		root_password=db_root,
		# Named as Frappe names it.
		db_name="_" + hashlib.sha1(site_path.encode()).hexdigest()[:16],
		admin_password=admin,
		source_sql=snapshot,
		verbose=False,
		force=True,
		db_type="mariadb",
		no_mariadb_socket=True,
	)
	update_password("Administrator", admin)
	frappe.db.commit()
	# A site of this name may have been dropped just now: what Redis remembers of it is not this one.
	frappe.clear_cache()


def main(site: str) -> None:
	"""Create the database and the bare site."""
	given = json.load(sys.stdin)
	_quote_sql_path()
	frappe.init(site=site, new_site=True)
	if given.get("snapshot"):
		_from_snapshot(**given)
	else:
		_from_nothing(site, given["db_root"], given["admin"])
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1])
