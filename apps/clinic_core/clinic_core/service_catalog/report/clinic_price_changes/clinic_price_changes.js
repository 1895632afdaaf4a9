// Filters of the report, and amounts and dates as people read them.
(() => {
	const link = (fieldname, label, options) => ({ fieldname, label, fieldtype: "Link", options });
	const SOURCES = ["Opening", "Form", "Price Update", "Revert", "Import", "Suggestion"];

	const filters = () => [
		{ fieldname: "from_date", label: __("Valid from"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("to"), fieldtype: "Date" },
		link("service", __("Service"), "Clinic Service"),
		link("department", __("Department"), "Clinic Department"),
		link("contract", __("Contract"), "Clinic Service Contract"),
		link("price_update", __("Price update"), "Clinic Price Update"),
		{
			fieldname: "source",
			label: __("Changed through"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				...SOURCES.map((source) => ({
					value: source,
					label: __(source, null, "Clinic Service Price"),
				})),
			],
		},
		{ fieldname: "with_openings", label: __("First prices, too"), fieldtype: "Check" },
	];

	const end = (text) => clinic.ui.h("div", { class: "text-right" }, text).outerHTML;
	const linked = (doctype, name, text) =>
		clinic.ui.h("a", { href: frappe.utils.get_form_link(doctype, name) }, text).outerHTML;
	const signed = (value, text) => `\u2066${value > 0 ? "+" : value < 0 ? "−" : ""}${text}\u2069`;

	const cells = {
		valid_from: (value) => clinic.fmt.date(value, { short: true }),
		entered_at: (value) => clinic.fmt.datetime(value),
		previous_amount: (value) => end(clinic.fmt.money(value)),
		amount: (value) => end(clinic.fmt.money(value)),
		difference: (value) => end(signed(value, clinic.fmt.money(Math.abs(value)))),
		percent: (value) => end(signed(value, clinic.fmt.number(Math.abs(value)) + __("%"))),
		source: (value) => frappe.utils.escape_html(__(value, null, "Clinic Service Price")),
		service_name: (value, row) => linked("Clinic Service", row.service, value),
		contract_title: (value, row) => linked("Clinic Service Contract", row.contract, value),
		update_title: (value, row) => linked("Clinic Price Update", row.price_update, value),
	};

	frappe.query_reports["Clinic Price Changes"] = {
		filters: filters(),
		formatter(value, row, column, data, default_formatter) {
			const cell = cells[column.fieldname];
			const is_empty = value === null || value === undefined || value === "";
			if (!cell || !data) return default_formatter(value, row, column, data);
			return is_empty ? "" : cell(value, data);
		},
	};
})();
