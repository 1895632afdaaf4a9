"""The cases by name, in the order of the table. Pure, so that the command line knows them without a site."""

import difflib

CASES: dict[str, str] = {
	"find-phone-tail": "find patients by the last four digits of a phone",
	"find-name": "find patients by name, written in the other script or another spelling",
	"find-code": "find a patient by national code",
	"find-latin": "find patients by a Persian name typed in Latin letters",
	"find-pinyin": "find Chinese patients by the initials of a name",
	"find-box": "the find box: who fits, why, last visit, contacts and leads",
	"register": "register a patient, possible duplicates reported",
	"possible-duplicates": "who a newcomer may be, asked while he is typed in",
	"merge-1000": "merge two files, one with 1,000 linked documents",
	"import-100k": "import a table of new patients, chunk by chunk",
	"slots-week": "free times of one practitioner in a week",
	"slots-10x14": "first free times of all practitioners of a service in 14 days",
	"book": "book an appointment",
	"receive": "receive an appointment with one service performed now",
	"pay-10-debts": "take one payment for ten open debts",
	"statement-500": "open the statement of a patient with 500 entries",
	"statement-500-account": "the account of the same patient, with its running balance",
	"board": "the reception's board of today",
	"schedule-board": "the Schedule page: everybody of a branch, one day",
	"schedule-week": "the Schedule page: the week of one practitioner",
	"crm-office": "the CRM Office of today, for an agent",
	"lead-submission": "a visitor sends the lead form",
	"online-times": "a visitor asks for two weeks of free times, whoever is free",
	"online-page": "the page /book of a service, with these times in it",
	"online-hold": "a visitor holds a time",
	"online-confirm": "a newcomer books the time he holds",
	"night-100k": "the night job over appointments nobody received, chunk by chunk",
	"smart-tag": "one smart tag over all patients, three conditions, chunk by chunk",
	"seal-100k": "sealing ledger entries, batch by batch",
	"messages-queue-10k": "queueing ten thousand messages",
	"messages-send-10k": "handing ten thousand messages to a gateway on this machine",
	"quote": "what a service costs an insured patient, with 5,000 services",
	"quotes-1000": "a thousand quotes in one call",
	"service-picker": "find a service by two words, with 5,000 services",
	"service-list": "a page of the desk's list of services, with 5,000",
	"price-update-5000": "submit a price update of 5,000 services",
	"center-page": "the public page of the centre, made anew",
	"service-page": "the public page of a service, made anew",
}
"""Name → what is measured. Names are stable: files of earlier runs are compared by them."""

_WHERE = {
	"find-phone-tail": "find:FindPhoneTail",
	"find-name": "find:FindName",
	"find-code": "find:FindCode",
	"find-latin": "find:FindLatin",
	"find-pinyin": "find:FindPinyin",
	"find-box": "find:FindBox",
	"register": "register:Register",
	"possible-duplicates": "alike:PossibleDuplicates",
	"merge-1000": "merge:Merge",
	"import-100k": "bulk_import:ImportPatients",
	"slots-week": "slots:SlotsWeek",
	"slots-10x14": "slots:SlotsTenByFourteen",
	"book": "book:Book",
	"receive": "receive:Receive",
	"pay-10-debts": "pay:PayTenDebts",
	"statement-500": "statement:Statement",
	"statement-500-account": "statement:Account",
	"board": "board:Board",
	"schedule-board": "schedule_board:ScheduleDay",
	"schedule-week": "schedule_board:ScheduleWeek",
	"crm-office": "crm:Office",
	"lead-submission": "crm:LeadSubmission",
	"online-times": "online:OnlineTimes",
	"online-page": "online:OnlinePage",
	"online-hold": "online:OnlineHold",
	"online-confirm": "online:OnlineConfirm",
	"night-100k": "night:Night",
	"smart-tag": "tags:SmartTag",
	"seal-100k": "seal:Seal",
	"messages-queue-10k": "messages:QueueMessages",
	"messages-send-10k": "messages:SendMessages",
	"quote": "quote:Quote",
	"quotes-1000": "quote:Quotes",
	"service-picker": "catalog:Picker",
	"service-list": "catalog:ServiceList",
	"price-update-5000": "catalog:PriceUpdate",
	"center-page": "catalog:CenterPage",
	"service-page": "catalog:ServicePage",
}


def unknown(names: list[str]) -> str | None:
	"""A sentence about the first name that is no case, None when all are."""
	for name in names:
		if name not in CASES:
			near = difflib.get_close_matches(name, CASES, 1)
			hint = f"did you mean {near[0]}?" if near else "./clinic bench --list names them all"
			return f"there is no case {name}: {hint}"
	return None


def load(name: str) -> type:
	"""The class of a case; imports Frappe."""
	import importlib

	module, of_class = _WHERE[name].split(":")
	return getattr(importlib.import_module(f"tests.bench.cases.{module}"), of_class)


def listing() -> str:
	"""All cases for people."""
	width = max(map(len, CASES))
	return "\n".join(f"{name:<{width}}  {title}" for name, title in CASES.items())
