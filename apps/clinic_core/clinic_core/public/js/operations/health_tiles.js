/* One tile for each part: its state at a glance, one number, one line of detail. */

import { h } from "../kit/dom.js";
import { ago, date, datetime, duration, list, number } from "../kit/fmt.js";
import { badge } from "../kit/ui.js";

const UNITS = ["B", "KB", "MB", "GB", "TB"];
const STATUS_TONES = {
	Done: "success",
	Verified: "success",
	Running: "info",
	"Not Verified": "warning",
	Failed: "danger",
	"Ended Without a Word": "danger",
};

/** A size in bytes, as people say it: "80.6 GB". */
export function bytes(amount) {
	if (amount === null || amount === undefined) return "–";
	const power = amount ? Math.min(Math.floor(Math.log2(amount) / 10), UNITS.length - 1) : 0;
	const value = amount / 1024 ** power;
	return `\u2068${number(value, { decimals: value < 10 && power ? 1 : 0 })} ${__(
		UNITS[power]
	)}\u2069`;
}

/** A state of a run as a coloured badge. */
export function run_badge(status) {
	return badge(status, { tone: STATUS_TONES[status] || "neutral" });
}

/** How long something took: seconds while it is short. */
export function took(seconds) {
	if (seconds === null || seconds === undefined) return "";
	return seconds < 90
		? __("{0} s", [number(seconds, { decimals: seconds < 10 ? 1 : 0 })])
		: duration(seconds / 60);
}

/** All tiles of the report, those that need attention marked. */
export function tiles(report) {
	const worst = {};
	for (const { part, severity } of report.findings) {
		if (worst[part] !== "red") worst[part] = severity;
	}
	return h(
		"section",
		{ class: "clinic-tiles", "aria-label": __("Parts of the system") },
		Object.entries(TILES)
			.filter(([part]) => report[part])
			.map(([part, make]) => tile(part, report[part], make, worst[part]))
	);
}

function tile(part, facts, make, severity) {
	const { label, value, detail, bar } = facts.error
		? { ...make({}, true), value: __("No answer"), detail: facts.error, bar: null }
		: make(facts);
	const state =
		{ red: __("Calls for help"), yellow: __("To be looked at") }[severity] || __("Well");
	return h(
		"article",
		{ class: `clinic-tile clinic-tile--${severity || "green"}`, data: { part } },
		h(
			"div",
			{ class: "clinic-tile__head" },
			h("span", {
				class: "clinic-tile__dot",
				role: "img",
				"aria-label": state,
				title: state,
			}),
			label
		),
		h("div", { class: "clinic-tile__value" }, value),
		bar !== null && bar !== undefined && meter(bar, label),
		h("div", { class: "clinic-tile__detail" }, detail)
	);
}

/** A bar of what is used, in percent. */
export function meter(used, label) {
	const tone = used > 95 ? "red" : used > 85 ? "yellow" : "green";
	return h(
		"div",
		{
			class: `clinic-meter clinic-meter--${tone}`,
			role: "meter",
			"aria-label": label,
			"aria-valuenow": Math.round(used),
			"aria-valuemin": 0,
			"aria-valuemax": 100,
		},
		h("span", { style: { inlineSize: `${Math.max(1, Math.min(100, used))}%` } })
	);
}

const sum = (counts) => Object.values(counts || {}).reduce((total, count) => total + count, 0);
const percent = (value) => __("{0} %", [number(value, { decimals: 0 })]);
const when = (moment) => (moment ? ago(moment) : __("Never"));

const TILES = {
	night: (facts) => ({
		label: __("Night job"),
		value: facts.status ? run_badge(facts.status) : __("Not run yet"),
		detail: facts.started_at && list([when(facts.started_at), took(facts.seconds)]),
	}),
	backup: (facts) => ({
		label: __("Backup"),
		value: facts.status
			? run_badge(facts.status)
			: facts.enabled
			? __("None yet")
			: __("Switched off"),
		detail: facts.started_at
			? list([when(facts.started_at), facts.size_bytes && bytes(facts.size_bytes)])
			: facts.enabled && __("Every night"),
	}),
	queues: (facts, silent) => ({
		label: __("Work in the background"),
		value: silent ? "" : __("{0} waiting", [number(sum(facts.waiting))]),
		detail: silent
			? ""
			: list([
					__("{0} workers", [number(facts.workers)]),
					__("{0} failed", [number(facts.failed)]),
			  ]),
	}),
	scheduler: (facts) => ({
		label: __("Scheduler"),
		value: facts.enabled ? __("Switched on") : __("Switched off"),
		detail: __("Last start: {0}", [when(facts.last_run)]),
	}),
	failures: (facts, silent) => ({
		label: __("Failed events"),
		value: silent ? "" : number(facts.open + facts.given_up),
		detail: silent
			? ""
			: list([
					facts.open && __("{0} to be tried again", [number(facts.open)]),
					facts.given_up && __("{0} given up", [number(facts.given_up)]),
			  ]),
	}),
	seal: (facts, silent) => ({
		label: __("Ledger seal"),
		value: silent
			? ""
			: facts.waiting
			? __("{0} waiting", [number(facts.waiting)])
			: __("All sealed"),
		detail: facts.sealed_at && __("Last seal: {0}", [when(facts.sealed_at)]),
	}),
	day_lists: (facts) => ({
		label: __("Lists for paper"),
		value: facts.day
			? date(facts.day)
			: facts.enabled
			? __("Not run yet")
			: __("Switched off"),
		detail: facts.made_at && __("Made at {0}", [datetime(facts.made_at)]),
	}),
	mail: (facts, silent) => ({
		label: __("Outgoing mail"),
		value: silent ? "" : __("{0} waiting", [number(facts.waiting)]),
		detail: silent ? "" : __("{0} failed", [number(facts.failed)]),
	}),
	disk: (facts) => {
		const least = [...(facts.disks || [])].sort((a, b) => a.free_percent - b.free_percent)[0];
		return {
			label: __("Disk space"),
			value: least && __("{0} free", [percent(least.free_percent)]),
			bar: least ? 100 - least.free_percent : null,
			detail: least && __("{0} of {1}", [bytes(least.free_bytes), bytes(least.total_bytes)]),
		};
	},
	memory: (facts, silent) => ({
		label: __("Memory"),
		value: silent ? "" : __("{0} free", [percent(facts.free_percent)]),
		bar: silent ? null : 100 - facts.free_percent,
		detail: silent
			? ""
			: __("{0} of {1}", [bytes(facts.free_bytes), bytes(facts.total_bytes)]),
	}),
	database: (facts, silent) => ({
		label: __("Database"),
		value: silent ? "" : bytes(facts.bytes),
		detail: silent
			? ""
			: __("Answers in {0} ms", [number(facts.milliseconds, { decimals: 1 })]),
	}),
	redis: (facts, silent) => ({
		label: __("Redis"),
		value: silent ? "" : __("Answers"),
		detail: silent ? "" : bytes(facts.bytes),
	}),
};

/** A moment with how long ago it was as its title. */
export function moment_cell(moment) {
	return h("span", { title: ago(moment) }, datetime(moment));
}
