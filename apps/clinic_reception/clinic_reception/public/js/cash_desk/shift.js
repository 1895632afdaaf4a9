// Opening, showing and closing a cash shift.
import { amount, button, fill, h, icon, money, number_in_text } from "../shared/kit";
import { differences } from "./lines_math";

const API = "clinic_reception.cash_desk.api.";

/** The form that opens a shift; `desks`: [{name, title}]. `on_open` runs afterwards. */
export function open_form({ desks, on_open }) {
	if (!desks.length) {
		return clinic.ui.empty({
			icon: "wallet",
			title: __("No cash desk is free"),
			hint: __("All desks are in use, or none has been set up. Ask your supervisor."),
		});
	}
	const select = h(
		"select",
		{ class: "form-control", "aria-label": __("Cash desk") },
		desks.map(({ name, title }) => h("option", { value: name }, title))
	);
	const box = clinic.ui.money_input({ value: 0, label: __("Cash in the drawer now") });
	const error_area = h("div", { class: "clinic-error", hidden: true });
	const submit = button(__("Open shift"), null, { kind: "primary", type: "submit" });
	const form = h(
		"form",
		{ class: "clinic-shift-open" },
		h("h2", {}, __("Open a shift to take payments")),
		clinic.ui.field({ label: __("Cash desk"), control: select, required: true }),
		clinic.ui.field({
			label: __("Cash in the drawer now"),
			control: box.element,
			hint: __("Count it before the first payment."),
		}),
		error_area,
		submit
	);
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		try {
			const args = { desk: select.value, opening_float: box.get() || 0 };
			await clinic.command(API + "open_shift", args, { button: submit, error_area });
		} catch (error) {
			if (error.name !== "ServerError") clinic.ui.show_error(error, error_area);
			return;
		}
		clinic.ui.toast(__("The shift is open."));
		on_open();
	});
	return form;
}

/** The bar above the cash desk: which shift, since when, what it holds by method. */
export function shift_bar(shift, { on_close }) {
	return h(
		"div",
		{ class: "clinic-shift" },
		h(
			"div",
			{ class: "clinic-shift__what" },
			icon("wallet", 18),
			h("strong", {}, shift.desk_title || shift.desk),
			h(
				"span",
				{ class: "text-muted" },
				__("Shift {0} since {1}", [
					number_in_text(shift.shift_no),
					clinic.fmt.datetime(shift.opened_at),
				])
			)
		),
		h(
			"div",
			{ class: "clinic-shift__totals" },
			shift.totals.map(({ title, expected }) =>
				h(
					"span",
					{ class: "clinic-shift__total" },
					h("span", {}, __(title)),
					amount(expected)
				)
			)
		),
		button(__("Close shift"), on_close)
	);
}

/** Count what is there, method by method; a difference needs a reason. */
export function open_close_dialog({ shift, on_closed }) {
	const rows = shift.totals.map((total) => ({ ...total, counted: null }));
	const reason = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	const reason_field = clinic.ui.field({
		label: __("Why is there a difference?"),
		control: reason,
		required: true,
	});
	const body = h("tbody");
	const total_cell = h("td", { class: "clinic-money" });
	const update = () => {
		const { each, total } = differences(rows);
		rows.forEach((row, index) => show_difference(row.cell, each[index]));
		show_difference(total_cell, total);
		reason_field.hidden = !each.some(Boolean);
	};
	fill(
		body,
		rows.map((row) => count_row(row, update))
	);
	update();
	clinic.ui.dialog({
		title: __("Close shift {0}", [number_in_text(shift.shift_no)]),
		size: "large",
		content: [count_table(body, total_cell), reason_field],
		primary: {
			label: __("Close shift"),
			action: async (element, error_area) => {
				const answer = await close(shift, rows, reason.value.trim(), element, error_area);
				on_closed(answer);
			},
		},
	});
}

function count_table(body, total_cell) {
	const heads = [__("Method"), __("Expected", null, "Money"), __("Counted"), __("Difference")];
	return h(
		"table",
		{ class: "table clinic-shift-count" },
		h(
			"thead",
			{},
			h(
				"tr",
				{},
				heads.map((text) => h("th", { scope: "col" }, text))
			)
		),
		body,
		h("tfoot", {}, h("tr", {}, h("th", { colspan: 3, scope: "row" }, __("Total")), total_cell))
	);
}

function count_row(row, update) {
	row.cell = h("td", { class: "clinic-money" });
	row.box = clinic.ui.money_input({
		label: __("Counted: {0}", [__(row.title)]),
		on_change: (value) => {
			row.counted = value;
			update();
		},
	});
	const same = button(
		icon("check"),
		() => {
			row.counted = row.expected;
			row.box.set(row.expected);
			update();
		},
		{ title: __("As expected"), "aria-label": __("{0}: as expected", [__(row.title)]) }
	);
	return h(
		"tr",
		{},
		h("th", { scope: "row" }, __(row.title)),
		h("td", { class: "clinic-money" }, money(row.expected)),
		h("td", {}, h("div", { class: "clinic-shift-count__box" }, row.box.element, same)),
		row.cell
	);
}

function show_difference(cell, value) {
	cell.textContent = value === null ? "–" : money(value, { sign: true });
	cell.classList.toggle("is-short", value < 0);
	cell.classList.toggle("is-over", value > 0);
}

async function close(shift, rows, reason, element, error_area) {
	for (const row of rows) row.counted = row.box.get();
	const missing = rows.find((row) => row.counted === null && row.expected);
	if (missing) throw new Error(__("Please count: {0}", [__(missing.title)]));
	const { each } = differences(rows);
	if (each.some(Boolean) && !reason)
		throw new Error(__("Please say why there is a difference."));
	const counted = Object.fromEntries(rows.map((row) => [row.method, row.counted || 0]));
	const args = { shift: shift.shift, counted, reason: reason || null };
	return clinic.command(API + "close_shift", args, { button: element, error_area });
}
