"""Run as a process: connects a site and sends what waits; it may be killed at any moment."""

import os
import sys

import frappe


def main(site, sites_path, at_once):
	os.chdir(sites_path)
	frappe.init(site=site, sites_path=sites_path)
	frappe.connect()
	from clinic_core.messaging import sending
	from clinic_core.messaging.gateways.kavenegar import Kavenegar

	Kavenegar.most_at_once = int(at_once)  # small batches, so that many calls meet a mood

	print("started", flush=True)
	print(sending.send_waiting(), flush=True)
	frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
