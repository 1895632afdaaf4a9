/* Figures at a glance: tiles, the largest services, the months gone by, and a line in a cell. */

import { h } from "../shared/kit";
import { figure } from "./columns";
import { jalali_month } from "./periods";

const TOP = 8;
const LINES = 5;
const SVG = "http://www.w3.org/2000/svg";
const COLOURS = ["#2f7fd1", "#7b5bd6", "#13858f", "#c2700f", "#b53b5d"];

/** The tiles above the charts: tiles(answer, on_open(what)). */
export function tiles({ totals, distinct }, on_open) {
	const rows = [
		[
			"net",
			__("Net revenue"),
			clinic.fmt.money(totals.net, { unit: true }),
			trend_note(totals),
		],
		[
			"receptions",
			__("Receptions"),
			figure("number", distinct.receptions),
			patients(distinct),
		],
		["discount", __("Discounts"), clinic.fmt.money(totals.discount, { unit: true }), null],
		["new_patients", __("New patients"), figure("number", distinct.new_patients), null],
		["appointments", __("Appointments"), figure("number", totals.appointments), null],
		[
			"no_shows",
			__("No-show rate"),
			figure("percent", totals.no_show_percent),
			__("{0} no-shows", [figure("number", totals.no_shows)]),
		],
	];
	return h(
		"section",
		{ class: "clinic-stats__tiles", "aria-label": __("At a glance") },
		rows.map((row) => tile(row, on_open))
	);
}

function tile([field, label, value, note], on_open) {
	const opens = ["receptions", "appointments", "no_shows"].includes(field);
	return h(
		opens ? "button" : "div",
		{
			class: "clinic-stats__tile",
			data: { field },
			title: opens ? __("Show the documents") : null,
			on_click: opens ? () => on_open(field) : null,
		},
		h("span", { class: "clinic-stats__label" }, label),
		h("strong", {}, value),
		note && h("span", { class: "clinic-stats__note" }, note)
	);
}

const patients = ({ patients: count }) => __("{0} patients", [figure("number", count)]);

function trend_note({ trend_percent }) {
	return trend_percent === null
		? null
		: [trend(trend_percent), " ", __("against the period before")];
}

/** A change in percent, green or red. */
export function trend(value) {
	const tone = value > 0 ? "up" : value < 0 ? "down" : "same";
	return h(
		"bdi",
		{ class: `clinic-trend clinic-trend--${tone}`, dir: "ltr" },
		figure("trend", value)
	);
}

/** The largest services, as bars; a click opens their receptions. */
export function largest(rows, on_open) {
	const shown = rows.filter((row) => row.net > 0).slice(0, TOP);
	const most = shown[0]?.net || 1;
	return h(
		"ol",
		{ class: "clinic-stats__bars" },
		shown.map((row) =>
			h(
				"li",
				{},
				h(
					"button",
					{ class: "clinic-stats__bar", on_click: () => on_open(row) },
					h("span", { class: "clinic-stats__bar-name" }, row.service_name),
					h("span", { class: "clinic-money" }, clinic.fmt.money(row.net)),
					h("span", {
						class: "clinic-stats__bar-line",
						style: { inlineSize: `${Math.max(1, (100 * row.net) / most)}%` },
					})
				)
			)
		)
	);
}

/** Net revenue of the largest services in the last twelve Jalali months, by frappe-charts. */
export function over_time(holder, rows, { months, services }) {
	const shown = rows.filter((row) => services[row.service]).slice(0, LINES);
	if (!shown.length || !frappe.Chart) return;
	const { factor } = clinic.money_unit();
	const million = 1_000_000 * factor;
	const drawing = h("div", { dir: "ltr" });
	holder.replaceChildren(legend(shown), drawing);
	new frappe.Chart(drawing, {
		type: "line",
		height: 250,
		colors: COLOURS,
		showLegend: 0,
		data: {
			labels: months.map((month) => jalali_month(month)),
			datasets: shown.map((row) => ({
				name: row.service_name,
				values: services[row.service].map((value) => value / million),
			})),
		},
		lineOptions: { hideDots: 0, regionFill: 0 },
		axisOptions: { xIsSeries: 1, numberFormatter: (value) => clinic.fmt.number(value) },
		tooltipOptions: {
			formatTooltipY: (value) =>
				value === null
					? ""
					: clinic.fmt.money(Math.round(value * million), { unit: true }),
		},
	});
}

// Our own: the chart's cuts the names, and runs to the left in every language.
function legend(rows) {
	return h(
		"ul",
		{ class: "clinic-stats__legend" },
		rows.map((row, index) =>
			h("li", {}, h("i", { style: { background: COLOURS[index] } }), row.service_name)
		)
	);
}

/** A line of a few values, as large as a word. */
export function sparkline(values, label) {
	const most = Math.max(...values, 1);
	const step = 88 / (values.length - 1);
	const at = (value, index) =>
		`${(index * step + 2).toFixed(1)},${(20 - (17 * value) / most).toFixed(1)}`;
	const svg = document.createElementNS(SVG, "svg");
	const attributes = {
		viewBox: "0 0 92 22",
		width: 92,
		height: 22,
		role: "img",
		"aria-label": label,
	};
	for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
	svg.classList.add("clinic-spark");
	const title = document.createElementNS(SVG, "title");
	title.textContent = label;
	const line = document.createElementNS(SVG, "polyline");
	line.setAttribute("points", values.map(at).join(" "));
	svg.append(title, line);
	return svg;
}
