/* The day on paper: a plain list by practitioner, without colours. The server keeps who printed it (F82). */

import { boot } from "../../kit/boot.js";
import { call } from "../../kit/call.js";
import { h } from "../../kit/dom.js";
import { date, datetime, list, now, number, phone, time } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { what } from "./event_content.js";
import { days_of, rooms_of, rows_in } from "./list.js";

const PRINTED = "clinic_core.scheduling.schedule_board.api.printed";

export async function print_day(page) {
	if (!page.data || !frappe.model.can_print("Clinic Appointment")) return;
	let fresh = [];
	try {
		fresh = await call(PRINTED, page.question(), { quiet: true });
	} catch (error) {
		return toast(error.message, { kind: "error" });
	}
	const rows = rows_in(fresh, page.columns()).filter(
		(row) => !page.hidden_states.includes(row.status)
	);
	if (!rows.length) return toast(__("There is nothing to print."), { kind: "info" });
	const sheet = sheet_of(page, rows);
	document.querySelector(".clinic-schedule-print")?.remove();
	document.body.append(sheet);
	document.body.classList.add("clinic-printing-schedule");
	const done = () => {
		document.body.classList.remove("clinic-printing-schedule");
		sheet.remove();
	};
	window.addEventListener("afterprint", done, { once: true });
	window.print();
}

function sheet_of(page, rows) {
	return h(
		"div",
		{ class: "clinic-schedule-print" },
		h(
			"header",
			{},
			h("h2", {}, __("Appointments")),
			h(
				"span",
				{},
				list([boot().branches?.[page.branch], __("printed {0}", [datetime(now())])])
			)
		),
		days_of(rows).map(([day, of_day]) => [
			h("h3", {}, date(day)),
			by_practitioner(of_day).map(([title, mine]) => [
				h("h4", {}, `${title} (${number(mine.length)})`),
				h("table", {}, head(), h("tbody", {}, mine.map(line))),
			]),
		])
	);
}

function by_practitioner(rows) {
	const groups = new Map();
	for (const row of rows) {
		if (!groups.has(row.practitioner_name)) groups.set(row.practitioner_name, []);
		groups.get(row.practitioner_name).push(row);
	}
	return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

function head() {
	const titles = [
		__("Time"),
		__("Patient"),
		__("Mobile"),
		__("Service"),
		__("Room or device"),
		__("Status"),
	];
	return h(
		"thead",
		{},
		h(
			"tr",
			{},
			titles.map((title) => h("th", {}, title))
		)
	);
}

function line(row) {
	const alerts = row.alerts.map(({ text }) => text);
	return h(
		"tr",
		{},
		h("td", {}, `${time(row.start)} – ${time(row.end)}`),
		h(
			"td",
			{},
			row.full_name,
			alerts.length > 0 && h("div", { class: "small" }, `⚠ ${list(alerts)}`)
		),
		h("td", {}, h("bdi", { dir: "ltr" }, phone(row.mobile))),
		h("td", {}, what(row), row.note && h("div", { class: "small" }, row.note)),
		h("td", {}, rooms_of(row)),
		h("td", {}, __(row.status))
	);
}
