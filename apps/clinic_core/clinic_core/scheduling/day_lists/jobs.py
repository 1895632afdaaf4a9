"""Scheduler entry points of the printed lists: tomorrow's from the hour of the settings on. Safe to run twice."""

import datetime

import frappe
from frappe.utils import cint, now_datetime

from clinic_core.foundation import settings
from clinic_core.scheduling.day_lists import files, making


def due_day(now: datetime.datetime, hour: int) -> datetime.date:
	"""Whose list should be there by now: tomorrow's from the hour on, before it today's. Pure."""
	return now.date() + datetime.timedelta(days=1) if now.hour >= hour else now.date()


def run_hourly() -> None:
	"""Every hour: make what is due and not there; a missed evening is caught up by the next hour."""
	if not settings.get("day_list_enabled"):
		return
	day = due_day(now_datetime(), cint(settings.get("day_list_hour")))
	branches = making.active_branches()
	if making.is_made(day, branches):
		return
	frappe.enqueue(
		"clinic_core.scheduling.day_lists.jobs.make",
		queue="long",
		timeout=30 * 60,
		job_id=f"clinic_day_list:{day}",
		deduplicate=True,
		day=day.isoformat(),
	)


def make(day: str) -> None:
	"""Make the lists of a day in the background, forget old ones, and note how it went."""
	state = making.make(datetime.date.fromisoformat(day), making.active_branches())
	files.drop_old()
	files.remember(state)
