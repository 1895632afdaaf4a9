/* The details below the tiles: what failed, the last nights and backups, queues, disks, versions. */

import { h } from "../kit/dom.js";
import { list, number } from "../kit/fmt.js";
import { badge, button, empty } from "../kit/ui.js";
import { bytes, meter, moment_cell, run_badge, took } from "./health_tiles.js";

/** Every list of the page; `page` does what its buttons ask for. */
export function lists(answer, page) {
	return h(
		"div",
		{ class: "clinic-health__lists" },
		failed_jobs(answer.failed_jobs, page),
		failed_events(answer.failures, page),
		nights(answer.nights, page),
		backups(answer.backups, page),
		queues(answer),
		disks(answer.report.disk.disks || []),
		versions(answer.report.versions)
	);
}

function section(name, title, body, action) {
	return h(
		"section",
		{ class: "clinic-health__list", data: { list: name } },
		h("div", { class: "clinic-health__head" }, h("h3", {}, title), action),
		body
	);
}

const nothing = (title, name = "check") => empty({ icon: name, title });
// Names of functions, files and errors are for machines: they read from left to right.
const machine = (text, extra = "") =>
	h("bdi", { dir: "ltr", class: `clinic-health__code ${extra}`, title: text }, text);

function failed_jobs(rows, page) {
	const body = rows.length
		? rows.map((row) =>
				h(
					"div",
					{ class: "clinic-health__row", data: { kind: row.kind } },
					h(
						"div",
						{ class: "clinic-health__what" },
						machine(row.method),
						row.error && machine(row.error, "clinic-health__error")
					),
					h("span", { class: "clinic-health__when" }, moment_cell(row.when)),
					row.may_retry &&
						button({
							label: __("Run again"),
							on_click: (event) => page.retry_job(row, event.currentTarget),
						})
				)
		  )
		: nothing(__("No job failed."));
	return section("failed_jobs", __("Failed jobs"), body);
}

function failed_events(rows, page) {
	const body = rows.length
		? rows.map((row) =>
				h(
					"div",
					{ class: "clinic-health__row", data: { name: row.name } },
					h(
						"div",
						{ class: "clinic-health__what" },
						h(
							"a",
							{ href: frappe.utils.get_form_link("Clinic Event Failure", row.name) },
							machine(row.handler)
						),
						row.error && machine(row.error, "clinic-health__error")
					),
					badge(row.status, { tone: row.status === "Open" ? "warning" : "danger" }),
					h("span", { class: "clinic-health__when" }, moment_cell(row.creation)),
					button({
						label: __("Try again now"),
						on_click: (event) => page.retry_event(row, event.currentTarget),
					})
				)
		  )
		: nothing(__("No event failed."));
	return section("failures", __("Failed events"), body);
}

function nights(rows, page) {
	const body = rows.length
		? rows.map((run) =>
				h(
					"details",
					{ class: "clinic-health__night", data: { name: run.name } },
					h(
						"summary",
						{ class: "clinic-health__row" },
						h("span", { class: "clinic-health__what" }, moment_cell(run.started_at)),
						h("span", { class: "clinic-health__when" }, took(run.seconds)),
						run_badge(run.status)
					),
					run.steps.map((step) => night_step(step))
				)
		  )
		: nothing(__("The night job has not run yet."), "clock");
	return section(
		"nights",
		__("Last nights"),
		body,
		button({
			label: __("Run now"),
			kind: "quiet",
			on_click: (event) => page.run_night(event.currentTarget),
		})
	);
}

function night_step(step) {
	return h(
		"div",
		{ class: "clinic-health__row clinic-health__step" },
		h(
			"div",
			{ class: "clinic-health__what" },
			machine(step.method),
			step.error && machine(step.error, "clinic-health__error")
		),
		h("span", { class: "clinic-health__when" }, took(step.seconds)),
		run_badge(step.status)
	);
}

function backups(rows, page) {
	const body = rows.length
		? rows.map((row) =>
				h(
					"a",
					{
						class: "clinic-health__row",
						href: frappe.utils.get_form_link("Clinic Backup", row.name),
					},
					h("span", { class: "clinic-health__what" }, moment_cell(row.started_at)),
					h(
						"span",
						{ class: "clinic-health__when" },
						list([row.size_bytes && bytes(row.size_bytes), took(row.seconds)])
					),
					run_badge(row.status)
				)
		  )
		: nothing(__("There is no backup yet."), "clock");
	return section(
		"backups",
		__("Last backups"),
		body,
		button({
			label: __("Back up now"),
			kind: "quiet",
			on_click: (event) => page.back_up(event.currentTarget),
		})
	);
}

function queues({ report, workers }) {
	const { waiting = {}, oldest_seconds = {} } = report.queues;
	const rows = Object.entries(waiting).map(([queue, count]) =>
		h(
			"div",
			{ class: "clinic-health__row" },
			h("span", { class: "clinic-health__what" }, machine(queue)),
			oldest_seconds[queue] &&
				h("span", { class: "clinic-health__when" }, took(oldest_seconds[queue])),
			h("span", {}, __("{0} waiting", [number(count)]))
		)
	);
	const served = workers.map((worker) =>
		h(
			"div",
			{ class: "clinic-health__row clinic-health__step" },
			h(
				"div",
				{ class: "clinic-health__what" },
				machine(worker.name),
				h("span", { class: "clinic-health__when" }, machine(worker.queues.join(", ")))
			),
			h(
				"span",
				{ class: "clinic-health__when" },
				list([
					__("{0} done", [number(worker.done)]),
					__("{0} failed", [number(worker.failed)]),
				])
			),
			badge(worker.state === "busy" ? __("Working") : __("Free"), {
				tone: worker.state === "busy" ? "info" : "neutral",
			})
		)
	);
	const body = [rows, served.length ? served : nothing(__("No worker is running."), "alert")];
	return section("queues", __("Queues and workers"), body);
}

function disks(rows) {
	const names = {
		files: __("files"),
		backups: __("backups"),
		second_backups: __("second copy of the backups"),
		database: __("database"),
	};
	const body = rows.map((disk) => {
		const holds = list(disk.holds.map((place) => names[place] || place));
		return h(
			"div",
			{ class: "clinic-health__disk" },
			h(
				"div",
				{ class: "clinic-health__row" },
				h("span", { class: "clinic-health__what" }, holds),
				h(
					"span",
					{ class: "clinic-health__when" },
					__("{0} of {1} free", [bytes(disk.free_bytes), bytes(disk.total_bytes)])
				)
			),
			meter(100 - disk.free_percent, holds)
		);
	});
	return section(
		"disks",
		__("Disks"),
		rows.length ? body : nothing(__("No disk can be seen from here."))
	);
}

function versions(found) {
	const body = h(
		"dl",
		{ class: "clinic-health__versions" },
		Object.entries(found).map(([name, version]) => [
			h("dt", {}, h("bdi", { dir: "ltr" }, name)),
			h("dd", {}, version ? h("bdi", { dir: "ltr" }, version) : "–"),
		])
	);
	return section("versions", __("Versions"), body);
}
