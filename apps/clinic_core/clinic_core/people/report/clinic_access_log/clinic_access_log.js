// Filters of the report, and dates, words and numbers as people read them.
(() => {
	const KINDS = ["View", "Search", "Print", "Export", "Identity", "File"];
	const h = (...args) => clinic.ui.h(...args).outerHTML;
	const said = (value) => frappe.utils.escape_html(__(value));

	const filters = () => [
		{
			fieldname: "from_date",
			label: __("From date"),
			fieldtype: "Date",
			default: clinic.fmt.add_days(clinic.fmt.today(), -7),
		},
		{
			fieldname: "to_date",
			label: __("To date"),
			fieldtype: "Date",
			default: clinic.fmt.today(),
		},
		{
			fieldname: "patient",
			label: __("Patient"),
			fieldtype: "Link",
			options: "Clinic Patient",
		},
		{ fieldname: "user", label: __("Who"), fieldtype: "Link", options: "User" },
		{
			fieldname: "what",
			label: __("What", null, "Clinic Access Log"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				...KINDS.map((kind) => ({
					value: kind,
					label: __(kind, null, "Clinic Access Log"),
				})),
			],
		},
	];

	const cells = {
		at: (value) => clinic.fmt.datetime(value),
		user_name: (value, row) => h("span", { title: row.user }, value || row.user),
		patient_name: (value, row) =>
			h("a", { href: frappe.utils.get_form_link("Clinic Patient", row.patient) }, value),
		file_no: (value) => clinic.fmt.code(value),
		row_count: (value) => h("div", { class: "text-right" }, clinic.fmt.number(value)),
		role: said,
		what: (value) => frappe.utils.escape_html(__(value, null, "Clinic Access Log")),
		through: said,
		document_type: said,
		details: (value) => h("bdi", {}, clinic.fmt.digits(value)),
	};

	frappe.query_reports["Clinic Access Log"] = {
		filters: filters(),
		formatter(value, row, column, data, default_formatter) {
			const cell = cells[column.fieldname];
			const is_empty = value === null || value === undefined || value === "";
			if (!cell || !data) return default_formatter(value, row, column, data);
			return is_empty ? "" : cell(value, data);
		},
	};
})();
