/* The report of one backup: a verdict at a glance, what was checked, what is wrong. */

import { h, icon } from "../kit/dom.js";
import { date, datetime, number } from "../kit/fmt.js";
import { bytes, took } from "./health_tiles.js";

const TONES = {
	Running: "info",
	Verified: "success",
	Failed: "danger",
	"Not Verified": "warning",
};
const ICONS = { Running: "clock", Verified: "check", Failed: "alert", "Not Verified": "help" };

/** The report of a Clinic Backup as an element. */
export function backup_report(doc) {
	const checks = doc.__onload?.report || [];
	const tone = TONES[doc.status] || "neutral";
	return h(
		"div",
		{ class: "clinic-backup" },
		h(
			"div",
			{ class: `clinic-backup__verdict clinic-backup__verdict--${tone}`, role: "status" },
			icon(ICONS[doc.status], 28),
			h("div", {}, h("strong", {}, verdict(doc)), h("div", {}, facts(doc)))
		),
		checks.length ? h("ul", { class: "clinic-backup__checks" }, checks.map(check)) : null
	);
}

function verdict(doc) {
	switch (doc.status) {
		case "Running":
			return __("The backup is running: {0}", [__(doc.phase)]);
		case "Verified":
			return __("This backup was restored and checked. Everything is right.");
		case "Not Verified":
			return __("This backup was made, but not restored and checked.");
		default:
			return __("Something is wrong with this backup.");
	}
}

function facts(doc) {
	const seconds = doc.ended_at && moment(doc.ended_at).diff(moment(doc.started_at), "seconds");
	return [
		datetime(doc.started_at),
		doc.size_bytes && bytes(doc.size_bytes),
		doc.ended_at && __("took {0}", [took(seconds)]),
		doc.removed_at && __("The files were removed on {0}", [date(doc.removed_at)]),
	]
		.filter(Boolean)
		.join(" · ");
}

function check({ label, count, ok, findings }) {
	return h(
		"li",
		{ class: ok ? "clinic-backup__ok" : "clinic-backup__wrong" },
		icon(ok ? "check" : "close"),
		h(
			"div",
			{},
			h("span", {}, label),
			count === null ? null : h("span", { class: "clinic-backup__count" }, number(count)),
			findings.map(({ text, severity }) =>
				h("p", { class: `clinic-backup__${severity}`, dir: "auto" }, text)
			)
		)
	);
}
