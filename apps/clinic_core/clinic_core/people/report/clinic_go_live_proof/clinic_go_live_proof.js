// Green and red at a glance; a click on a figure opens the rows behind it.
const OUTCOMES = {
	imported_rows: "Created",
	imported_total: "Created",
	rejected_rows: "Failed",
	rejected_total: "Failed",
	book_rows: "Created",
};

frappe.query_reports["Clinic Go-Live Proof"] = {
	filters: [],
	onload(report) {
		report.page.add_inner_button(__("Import"), () => frappe.set_route("clinic-importing"));
	},
	formatter(value, row, column, data, format) {
		const shown = format(value, row, column, data);
		if (!data) return shown;
		const { h } = clinic.ui;
		if (column.fieldname === "verdict") return badge(h, data);
		if (column.fieldname === "import")
			return link(h, data.title, frappe.utils.get_form_link("Clinic Import", data.import));
		const outcome = OUTCOMES[column.fieldname];
		if (!outcome || !value) return shown;
		const route = frappe.utils.generate_route({
			type: "doctype",
			name: "Clinic Import Row",
			doc_view: "List",
			route_options: { clinic_import: data.import, outcome },
		});
		const text = new DOMParser().parseFromString(shown, "text/html").body.textContent.trim();
		return link(h, text, route);
	},
};

function badge(h, data) {
	const tone = data.agrees ? "success" : "danger";
	return h("span", { class: `clinic-badge clinic-badge--${tone}` }, data.verdict).outerHTML;
}

function link(h, text, href) {
	return h("a", { href }, text).outerHTML;
}
