/* Second step: which column is which field, how dates and money are written, what is done with duplicates. */

import { command, show_error } from "../../kit/call.js";
import { fill, h, icon } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { button, control, field, segmented } from "../../kit/ui.js";
import { money_input, number_input } from "../../controls/inputs.js";
import { API } from "./page.js";
import { preview_table } from "./preview_table.js";

const MATCHES = () => ({
	file_no: __("File number"),
	national_code: __("National code"),
	phone_name: __("Phone and name"),
	code: __("Code"),
	service_name: __("Name and department"),
});
const STYLES = () => [
	{ value: "jalali-ymd", label: __("Jalali, 1399/05/12") },
	{ value: "jalali-dmy", label: __("Jalali, 12/05/1399") },
	{ value: "gregorian-ymd", label: __("Gregorian, 2020-08-02") },
	{ value: "gregorian-dmy", label: __("Gregorian, day first, 02/08/2020") },
	{ value: "gregorian-mdy", label: __("Gregorian, month first, 08/02/2020") },
];
const CHOICES = () => ({
	Skip: __("Skip them"),
	Update: __("Update them"),
	Create: __("Create them again"),
});

/** A draft: everything the manager chooses, and below it the first rows as they will be stored. */
export class ColumnsStep {
	constructor(page, answer) {
		Object.assign(this, { page, answer, draft: answer.draft, options: answer.draft.options });
		this.error_area = h("div", { class: "clinic-error", hidden: true });
		this.below = h("div", { class: "clinic-import__preview" });
	}

	show() {
		fill(
			this.page.root,
			this.head(),
			this.error_area,
			h(
				"div",
				{ class: "clinic-import__cards" },
				this.source(),
				this.columns(),
				this.rules()
			),
			this.below
		);
		this.preview();
	}

	head() {
		const { answer } = this;
		const start = button({
			label: __("Import {0} rows", [number(answer.row_count)]),
			kind: "primary",
			on_click: () => this.start(start),
			class: "clinic-import__start",
		});
		return h(
			"header",
			{ class: "clinic-import__head" },
			h(
				"div",
				{},
				h("strong", {}, answer.kind_label),
				h("bdi", { class: "clinic-import__hint" }, answer.file_name),
				this.draft.is_remembered &&
					h(
						"span",
						{ class: "clinic-tag clinic-tag--success" },
						icon("check", 12),
						__("The columns are as you chose them the last time")
					)
			),
			start
		);
	}

	source() {
		const { draft, options } = this;
		const sheet =
			draft.sheets.length > 1 &&
			field({
				label: __("Sheet"),
				control: select(
					draft.sheets.map((title) => ({ value: title, label: title })),
					options.sheet,
					(value) => this.change({ sheet: value })
				),
			});
		const rows = draft.head.map((cells, at) => ({
			value: at,
			label: `${number(at + 1)}: ${cells.filter(Boolean).slice(0, 5).join(" | ") || "–"}`,
		}));
		return card(
			__("The file"),
			sheet,
			field({
				label: __("The headings are in row"),
				control: select(rows, options.header_row, (value) =>
					this.change({ header_row: Number(value) })
				),
			}),
			draft.units.length > 1 &&
				field({
					label: __("Amounts are in"),
					control: segmented({
						label: __("Amounts are in"),
						options: draft.units.map((unit) => ({
							value: unit.factor,
							label: unit.label,
						})),
						value: options.factor || draft.units[0].factor,
						on_change: (value) => this.change({ factor: Number(value) }, true),
					}),
				}),
			draft.has_total && this.control_totals()
		);
	}

	control_totals() {
		this.control_rows = number_input({ label: __("Rows by the old books"), min: 0 });
		this.control_total = money_input({ label: __("Total by the old books") });
		return h(
			"div",
			{},
			h(
				"p",
				{ class: "clinic-import__hint" },
				__(
					"For the proof: what your old books say. Empty: the totals of the file are taken."
				)
			),
			field({ label: __("Rows by the old books"), control: this.control_rows.element }),
			field({ label: __("Total by the old books"), control: this.control_total.element })
		);
	}

	columns() {
		const taken = Object.fromEntries(
			Object.entries(this.options.columns).map(([key, at]) => [at, key])
		);
		const fields = this.draft.fields.map((one) => ({
			value: one.key,
			label: one.required ? `${one.label} *` : one.label,
		}));
		const rows = this.draft.header
			.filter((column) => !column.is_reason && (column.title || column.samples.length))
			.map((column) => this.column(column, taken[column.at], fields));
		return card(
			__("Columns"),
			this.draft.missing.length > 0 &&
				h(
					"p",
					{ class: "clinic-import__missing" },
					icon("alert", 14),
					__("Still needed: {0}", [this.draft.missing.join(__(", "))])
				),
			h("table", { class: "clinic-import__table" }, h("tbody", {}, rows))
		);
	}

	column(column, key, fields) {
		const chosen = this.draft.fields.find((one) => one.key === key);
		const title = column.title || __("Column {0}", [number(column.at + 1)]);
		return h(
			"tr",
			{ data: { column: column.title } },
			h(
				"td",
				{},
				h("bdi", { class: "clinic-import__heading" }, title),
				h("bdi", { class: "clinic-import__samples" }, column.samples.join(" · "))
			),
			h(
				"td",
				{},
				select(
					[{ value: "", label: __("Leave out") }, ...fields],
					key || "",
					(value) => this.match(column.at, value),
					title
				),
				chosen?.is_dated &&
					select(
						STYLES(),
						this.options.date_styles[key] || "gregorian-ymd",
						(value) =>
							this.change(
								{ date_styles: { ...this.options.date_styles, [key]: value } },
								true
							),
						__("Dates are written as")
					)
			)
		);
	}

	match(at, key) {
		const columns = Object.fromEntries(
			Object.entries(this.options.columns).filter(
				([known, place]) => place !== at && known !== key
			)
		);
		if (key) columns[key] = at;
		this.change({ columns });
	}

	rules() {
		const { draft, options } = this;
		const parts = [];
		if (draft.duplicates.length > 1)
			parts.push(
				field({
					label: __("Rows that are there already"),
					control: segmented({
						label: __("Rows that are there already"),
						options: draft.duplicates.map((value) => ({
							value,
							label: CHOICES()[value],
						})),
						value: options.duplicates,
						on_change: (value) => this.change({ duplicates: value }, true),
					}),
				})
			);
		if (draft.matches.length)
			parts.push(field({ label: __("Known by"), control: this.matches() }));
		if (draft.may_create_missing) parts.push(this.create_missing());
		draft.fields
			.filter((one) => one.is_default && !(one.key in options.columns))
			.forEach((one) => parts.push(this.default_value(one)));
		return parts.length ? card(__("Rules for all rows"), parts) : null;
	}

	matches() {
		const chosen = new Set(
			this.options.matches.length ? this.options.matches : this.draft.matches
		);
		return h(
			"div",
			{},
			this.draft.matches.map((key) =>
				check(MATCHES()[key] || key, chosen.has(key), (on) => {
					if (on) chosen.add(key);
					else chosen.delete(key);
					this.change({ matches: [...chosen] }, true);
				})
			)
		);
	}

	create_missing() {
		return check(
			__("Create departments that are missing"),
			this.options.create_missing,
			(on) => this.change({ create_missing: on }, true)
		);
	}

	default_value(one) {
		const given = control({
			fieldtype: one.options?.includes("\n") ? "Select" : "Link",
			options: one.options?.includes("\n") ? `\n${one.options}` : one.options,
			label: one.label,
			fieldname: `default_${one.key}`,
			value: this.options.defaults[one.key],
			on_change: (value) =>
				(this.options.defaults[one.key] || "") !== (value || "") &&
				this.change({ defaults: { ...this.options.defaults, [one.key]: value } }, true),
		});
		return given.element;
	}

	/** Keep a choice; `is_small`: nothing but the preview changes by it. */
	async change(values, is_small = false) {
		Object.assign(this.options, values);
		if (is_small) this.preview();
		try {
			const answer = await command(
				`${API}.choose`,
				{ name: this.answer.name, wanted: this.options },
				{ error_area: this.error_area }
			);
			if (!is_small) this.page.draw(answer);
		} catch (error) {
			// Shown in the error area.
		}
	}

	async preview() {
		const asked = (this.asked = (this.asked || 0) + 1);
		this.below.classList.add("clinic-import--busy");
		try {
			const answer = await clinic.call(
				`${API}.preview`,
				{ name: this.answer.name, wanted: this.options },
				{ quiet: true, post: true }
			);
			if (asked === this.asked) fill(this.below, preview_table(answer));
		} catch (error) {
			show_error(error, this.error_area);
		}
		this.below.classList.remove("clinic-import--busy");
	}

	async start(pressed) {
		const answer = await command(
			`${API}.start`,
			{
				name: this.answer.name,
				wanted: this.options,
				control_rows: this.control_rows?.get(),
				control_total: this.control_total?.get(),
			},
			{ button: pressed, error_area: this.error_area }
		).catch(() => this.error_area.scrollIntoView({ block: "nearest" }));
		if (answer) this.page.draw(answer);
	}
}

function card(title, ...parts) {
	return h(
		"section",
		{ class: "clinic-import__card" },
		h("h3", { class: "clinic-import__title" }, title),
		parts
	);
}

function select(options, value, on_change, label = null) {
	const box = h(
		"select",
		{
			class: "form-control",
			"aria-label": label,
			on_change: () => on_change(box.value),
		},
		options.map((option) =>
			h(
				"option",
				{ value: option.value, selected: String(option.value) === String(value) },
				option.label
			)
		)
	);
	return box;
}

function check(label, is_on, on_change) {
	const box = h("input", {
		type: "checkbox",
		checked: is_on,
		on_change: () => on_change(box.checked),
	});
	return h("label", { class: "clinic-import__check" }, box, label);
}
