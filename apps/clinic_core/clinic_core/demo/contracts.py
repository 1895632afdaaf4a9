"""Insurers, contracts of every kind, who is covered by them, and two proformas."""

import datetime
import random
from typing import Any

import jdatetime

from clinic_core.demo.world import Row, World
from clinic_core.service_catalog.proforma import proformas

SEED = 1405
COVERED = 1 / 3
"""Part of the patients with an insurer, a company or VIP prices."""

INSURERS = (
	("TAMIN", ("تأمین اجتماعی", "Social Security"), "Basic Insurer"),
	("SALAMAT", ("بیمهٔ سلامت", "Health Insurance"), "Basic Insurer"),
	("DANA", ("بیمهٔ دانا (تکمیلی)", "Dana (supplementary)"), "Supplementary Insurer"),
	("PETRO", ("پتروشیمی زاگرس", "Zagros Petrochemical"), "Company"),
)
# Who has what, by weight: rows of (kind, insurer, supplementary).
COVERAGES = (
	(8, [("Insurer", "TAMIN", 0)]),
	(4, [("Insurer", "TAMIN", 0), ("Insurer", "DANA", 1)]),
	(4, [("Insurer", "SALAMAT", 0)]),
	(2, [("Corporate", "PETRO", 0)]),
	(2, [("VIP", None, 0)]),
)


def build(world: World) -> None:
	"""Insert insurers and contracts, cover a third of the patients, and promise two of them prices.

	What the demo's receptions cost was settled before: they keep the list price. The normal contract is
	that of next year, so that the price list stays what people without a coverage pay.
	"""
	for code, title, kind in INSURERS:
		world.master("Clinic Insurer", code, title=world.text(title), kind=kind)
	start, end = _year(world.today, 0)
	for code, title, fields in _contracts(start, end, *_year(world.today, 1)):
		world.master("Clinic Service Contract", code, title=world.text(title), **fields)
	_cover(world, start)
	world.later.append(lambda: _proformas(world))
	world.say(f"{len(INSURERS)} insurers with their contracts")


def _year(day: datetime.date, offset: int) -> tuple[datetime.date, datetime.date]:
	"""First and last day of the Jalali year of `day`, or of one after it."""
	year = jdatetime.date.fromgregorian(date=day).year + offset
	first = jdatetime.date(year, 1, 1).togregorian()
	return first, jdatetime.date(year + 1, 1, 1).togregorian() - datetime.timedelta(days=1)


Contract = tuple[str, tuple[str, str], dict[str, Any]]


def _contracts(
	start: datetime.date, end: datetime.date, next_start: datetime.date, next_end: datetime.date
) -> list[Contract]:
	"""One per kind, with every way of pricing among them."""
	now = {"valid_from": start, "valid_to": end}
	return [*_basic(now, start), _supplementary(now), _of_company(now), *_own(now, next_start, next_end)]


def _basic(now: dict[str, Any], start: datetime.date) -> list[Contract]:
	return [
		(
			"TAMIN-NOW",
			("تعرفهٔ تأمین اجتماعی", "Social Security tariff"),
			{
				**now,
				"kind": "Insurer",
				"insurer": "TAMIN",
				"insurer_percent": 70,
				"outpatient_insurer_percent": 80,
				"items": [
					_fixed("VISIT-SKIN", 2_400_000),
					_relative("BIOPSY", 6, 4),
					_relative("DERMO", 2, 1.5),
					_percent("Department", 80, department="DENTAL"),
				],
				"k_values": [
					{"valid_from": start, "professional_k": 950_000, "technical_k": 620_000},
					{
						"valid_from": start + datetime.timedelta(days=186),
						"professional_k": 1_020_000,
						"technical_k": 660_000,
					},
				],
			},
		),
		(
			"SALAMAT-NOW",
			("تعرفهٔ بیمهٔ سلامت", "Health Insurance tariff"),
			{
				**now,
				"kind": "Insurer",
				"insurer": "SALAMAT",
				"insurer_percent": 65,
				"items": [_fixed("VISIT-SKIN", 2_300_000), _percent("All Services", 90)],
			},
		),
	]


def _supplementary(now: dict[str, Any]) -> Contract:
	return (
		"DANA-NOW",
		("تکمیلی دانا", "Dana supplementary"),
		{
			**now,
			"kind": "Insurer",
			"insurer": "DANA",
			"is_supplementary": 1,
			"insurer_percent": 80,
			"insurer_ceiling": 5_000_000,
			"items": [{"applies_to": "All Services"}],
		},
	)


def _of_company(now: dict[str, Any]) -> Contract:
	return (
		"PETRO-NOW",
		("قرارداد پتروشیمی زاگرس", "Zagros Petrochemical"),
		{
			**now,
			"kind": "Corporate",
			"insurer": "PETRO",
			"items": [
				{
					**_percent("Department", 90, department="SKIN"),
					"share_method": "Percent",
					"insurer_percent": 50,
				},
				{
					"applies_to": "Service",
					"service": "SCALE",
					"share_method": "Amount",
					"insurer_amount": 4_000_000,
				},
			],
		},
	)


def _own(now: dict[str, Any], next_start: datetime.date, next_end: datetime.date) -> list[Contract]:
	return [
		(
			"VIP-NOW",
			("قیمت ویژهٔ مشتریان وفادار", "Prices for loyal clients"),
			{**now, "kind": "VIP", "items": [_percent("All Services", 85), _fixed("BOTOX", 36_000_000)]},
		),
		(
			"NORMAL-NEXT",
			("تعرفهٔ سال آینده", "Prices of next year"),
			{
				"kind": "Normal",
				"valid_from": next_start,
				"valid_to": next_end,
				"items": [_percent("All Services", 125)],
			},
		),
	]


def _fixed(service: str, amount: int) -> dict[str, Any]:
	return {
		"applies_to": "Service",
		"service": service,
		"pricing_method": "Fixed Price",
		"amount": amount,
	}


def _relative(service: str, professional: float, technical: float) -> dict[str, Any]:
	return {
		"applies_to": "Service",
		"service": service,
		"pricing_method": "Relative Value",
		"professional_units": professional,
		"technical_units": technical,
	}


def _percent(applies_to: str, percent: float, **fields: Any) -> dict[str, Any]:
	return {
		"applies_to": applies_to,
		"pricing_method": "Percent of List",
		"percent_of_list": percent,
		**fields,
	}


def _cover(world: World, start: datetime.date) -> None:
	"""A random part of its own, so that everything else stays as it was drawn."""
	rng = random.Random(SEED)
	weights, choices = zip(*COVERAGES, strict=True)
	for patient in world.shared["patients"]:
		if rng.random() >= COVERED:
			continue
		for idx, (kind, insurer, is_supplementary) in enumerate(rng.choices(choices, weights)[0], start=1):
			world.add_child(
				"Clinic Patient Coverage",
				patient,
				"Clinic Patient",
				"coverages",
				idx=idx,
				kind=kind,
				insurer=insurer,
				is_supplementary=is_supplementary,
				policy_no=str(rng.randrange(10**9, 10**10)) if insurer else None,
				valid_from=start,
			)


def _proformas(world: World) -> None:
	"""One issued for a patient, one still a draft for a person without a file."""
	patient: Row = world.shared["patients"][0]
	issued = _proforma(world, ["BOTOX", "HYDRA"], patient=patient["name"], branch=patient["branch"])
	proformas.issue(issued.name)
	name = world.text(("نگار مرادی", "Negar Moradi"))
	_proforma(world, ["FILLER-LIP"], person_name=name, branch=world.shared["branches"][0])


def _proforma(world: World, services: list[str], **fields: Any) -> Any:
	lines = [{"service": service, "quantity": 1} for service in services]
	return world.document(proformas.DOCTYPE, lines=lines, **fields)
