"""Drops a site: `python -m devbench.site_drop SITE`, from the sites folder, passwords as JSON on standard input.

Frappe's own `drop-site` takes the password as an argument, which every user of the machine can see.
"""

import json
import sys

from frappe.commands.site import _drop_site


def main(site: str) -> None:
	"""Delete the site's database and its user, without a backup; its folder goes to `archive`."""
	given = json.load(sys.stdin)
	_drop_site(
		site,
		db_root_username=given["db_user"],
		db_root_password=given["db_root"],
		archived_sites_path=given["archive"],
		force=True,
		no_backup=True,
	)


if __name__ == "__main__":
	main(sys.argv[1])
