/* Third step: how far it is, what became of the rows, how to correct the rest, and the way back. */

import { call, command, show_error } from "../../kit/call.js";
import { confirm_reason } from "../../kit/dialogs.js";
import { fill, h, icon } from "../../kit/dom.js";
import { date, datetime, number } from "../../kit/fmt.js";
import { badge, button, empty } from "../../kit/ui.js";
import { API } from "./page.js";
import { lost, upload } from "./start_step.js";

const SETTLED = ["created_count", "updated_count", "skipped_count", "failed_count"];

export function result_step(page, answer, is_working) {
	const error_area = h("div", { class: "clinic-error", hidden: true });
	fill(
		page.root,
		head(answer),
		error_area,
		is_working ? progress(page, answer, error_area) : next_steps(page, answer, error_area),
		counts(page, answer),
		page.listed && !is_working ? rows(page, answer) : null
	);
}

function head(answer) {
	return h(
		"header",
		{ class: "clinic-import__head", data: { status: answer.status } },
		h(
			"div",
			{},
			h("strong", {}, answer.kind_label),
			h("bdi", { class: "clinic-import__hint" }, answer.file_name),
			badge(answer.status, answer.is_silent ? lost : {})
		),
		h(
			"span",
			{ class: "clinic-import__hint" },
			answer.ended_at
				? __("Ended at {0}", [datetime(answer.ended_at)])
				: answer.started_at && __("Started at {0}", [datetime(answer.started_at)])
		)
	);
}

function progress(page, answer, error_area) {
	const done = SETTLED.reduce((sum, field) => sum + answer[field], 0);
	const percent = answer.row_count ? Math.floor((done / answer.row_count) * 100) : 0;
	const is_back = answer.status === "Taking Back";
	const act = (step, pressed) =>
		command(`${API}.${step}`, { name: answer.name }, { button: pressed, error_area }).then(
			(state) => page.draw(state),
			() => {}
		);
	const stop = button({
		label: __("Stop"),
		kind: "default",
		on_click: () => act("cancel", stop),
	});
	const go_on = button({
		label: __("Go on"),
		kind: "primary",
		on_click: () => act("resume", go_on),
	});
	return h(
		"section",
		{ class: "clinic-import__card" },
		h(
			"p",
			{},
			is_back
				? __("Taking back what was not used since …")
				: __("{0} of {1} rows are done", [number(done), number(answer.row_count)])
		),
		!is_back &&
			h(
				"div",
				{
					class: "clinic-import__bar",
					role: "progressbar",
					"aria-valuenow": percent,
					"aria-valuemin": 0,
					"aria-valuemax": 100,
				},
				h("div", { style: { inlineSize: `${percent}%` } })
			),
		answer.is_silent &&
			h(
				"p",
				{ class: "clinic-import__missing" },
				icon("alert", 14),
				__(
					"Nothing has happened for a while. It goes on by itself within minutes, or at once:"
				)
			),
		answer.is_silent && go_on,
		!is_back && (answer.cancel_requested ? h("span", {}, __("Stopping …")) : stop)
	);
}

function next_steps(page, answer, error_area) {
	const parts = [];
	if (answer.error)
		parts.push(h("p", { class: "clinic-import__missing" }, icon("alert", 14), answer.error));
	const is_there = !answer.purged_at;
	if (!is_there) parts.push(h("p", { class: "clinic-import__hint" }, purged(answer)));
	if (answer.failed_count && is_there) parts.push(correct(page, answer, error_area));
	const actions = [];
	if (["Cancelled", "Failed"].includes(answer.status) && is_there) {
		const go_on = button({
			label: __("Go on where it stopped"),
			kind: "primary",
			on_click: () =>
				command(
					`${API}.resume`,
					{ name: answer.name },
					{ button: go_on, error_area }
				).then(
					(state) => page.draw(state),
					() => {}
				),
		});
		actions.push(go_on);
	}
	const can_go_back = answer.created_count + answer.updated_count - answer.taken_back_count;
	if (can_go_back > 0 && is_there)
		actions.push(
			button({
				label: __("Take back"),
				icon: "undo",
				on_click: () => take_back(page, answer),
			})
		);
	if (answer.is_go_live)
		actions.push(
			button({
				label: __("Proof of the totals"),
				icon: "check",
				on_click: () => frappe.set_route("query-report", "Clinic Go-Live Proof"),
			})
		);
	return h(
		"section",
		{ class: "clinic-import__card" },
		h("p", { class: "clinic-import__verdict" }, verdict(answer)),
		parts,
		h("div", { class: "clinic-import__actions" }, actions)
	);
}

const purged = (answer) =>
	__("The file and the rows of this import were removed on {0}, as the settings say.", [
		date(answer.purged_at),
	]);

function verdict(answer) {
	if (answer.status === "Taken Back")
		return answer.kept_count
			? __("Taken back. {0} rows stayed: they were edited or used since.", [
					number(answer.kept_count),
			  ])
			: __("Taken back. Everything is as it was before.");
	if (answer.status === "Cancelled")
		return __("Stopped. What was written stays until you take it back.");
	if (answer.status === "Failed")
		return __("It broke off. What was written stays; you can go on.");
	if (answer.failed_count)
		return __("Done, but {0} rows have errors.", [number(answer.failed_count)]);
	return __("Done. All rows are in.");
}

function correct(page, answer, error_area) {
	const choose = h("input", {
		type: "file",
		accept: ".xlsx,.csv",
		hidden: true,
		data: { corrected: answer.name },
		on_change: () =>
			choose.files[0] &&
			upload(page, {
				kind: answer.kind,
				file: choose.files[0],
				error_area,
				corrects: answer.name,
			}),
	});
	return h(
		"ol",
		{ class: "clinic-import__steps" },
		h(
			"li",
			{},
			h(
				"a",
				{
					class: "btn btn-primary btn-sm clinic-import__faulty",
					href: `/api/method/${API}.faulty_rows?name=${encodeURIComponent(answer.name)}`,
				},
				__("Download the rows with errors")
			),
			h("span", { class: "clinic-import__hint" }, __("Each row says what is wrong with it."))
		),
		h("li", {}, __("Correct them in the file and save it.")),
		h(
			"li",
			{},
			button({ label: __("Choose the corrected file"), on_click: () => choose.click() }),
			choose
		),
		answer.corrected_by.map((one) =>
			h(
				"li",
				{},
				h(
					"button",
					{ class: "btn btn-link", on_click: () => page.open(one.name) },
					one.title
				),
				badge(one.status)
			)
		)
	);
}

function take_back(page, answer) {
	confirm_reason({
		title: __("Take this import back"),
		hint: __(
			"Records that nobody edited or used since are removed; the others stay and are listed."
		),
		action_label: __("Take back"),
		suggestions: [__("Wrong file"), __("Wrong columns")],
		on_confirm: async (reason, pressed, error_area) => {
			const state = await command(
				`${API}.take_back`,
				{ name: answer.name, reason },
				{ button: pressed, error_area }
			);
			page.draw(state);
		},
	});
}

function counts(page, answer) {
	const tile = (outcome, label, value, tone) =>
		h(
			"button",
			{
				class: `clinic-import__count clinic-tag--${tone}`,
				"aria-pressed": String(page.listed === outcome),
				on_click: () => {
					page.listed = page.listed === outcome ? null : outcome;
					page.draw(answer);
				},
			},
			h("strong", {}, number(value)),
			h("span", {}, label)
		);
	return h(
		"div",
		{ class: "clinic-import__counts" },
		tile("Created", __("Created"), answer.created_count, "success"),
		tile("Updated", __("Updated"), answer.updated_count, "info"),
		tile("Skipped", __("Skipped"), answer.skipped_count, "neutral"),
		tile(
			"Failed",
			__("With errors"),
			answer.failed_count,
			answer.failed_count ? "danger" : "neutral"
		),
		answer.taken_back_count > 0 &&
			tile("Taken Back", __("Taken back"), answer.taken_back_count, "neutral"),
		answer.kept_count > 0 && tile("Kept", __("Stayed"), answer.kept_count, "warning")
	);
}

function rows(page, answer) {
	const body = h("tbody");
	const more = button({ label: __("Show more"), on_click: () => load() });
	let last = 0;
	const load = async () => {
		try {
			const found = await call(`${API}.rows`, {
				name: answer.name,
				outcome: page.listed,
				after: last,
			});
			found.forEach((row) => body.append(result_row(row)));
			more.hidden = found.length < 100;
			if (found.length) last = found.at(-1).row;
			else if (!last) fill(body, h("tr", {}, h("td", {}, empty({ title: __("No rows") }))));
		} catch (error) {
			show_error(error);
		}
	};
	load();
	return h(
		"section",
		{ class: "clinic-import__card" },
		h("table", { class: "clinic-import__table" }, body),
		more
	);
}

function result_row(row) {
	return h(
		"tr",
		{},
		h("td", {}, __("Row {0}", [number(row.row)])),
		h(
			"td",
			{},
			row.reference_name &&
				row.outcome !== "Taken Back" &&
				h(
					"button",
					{
						class: "btn btn-link",
						on_click: () =>
							frappe.set_route("Form", row.reference_doctype, row.reference_name),
					},
					__("Open")
				)
		),
		h("td", {}, row.reason || "")
	);
}
