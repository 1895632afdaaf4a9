// The day of one practitioner, kept up to date while it is open.
(() => {
	const h = (...args) => clinic.ui.h(...args).outerHTML;
	const MAY_CHOOSE = [
		"Clinic Manager",
		"Clinic Branch Supervisor",
		"Clinic Receptionist",
		"Clinic Consultant",
	];

	const filters = () => [
		{
			fieldname: "date",
			label: __("Date"),
			fieldtype: "Date",
			default: clinic.fmt.today(),
			reqd: 1,
		},
		{
			fieldname: "practitioner",
			label: __("Practitioner"),
			fieldtype: "Link",
			options: "Clinic Practitioner",
			hidden: !MAY_CHOOSE.some((role) => frappe.user.has_role(role)),
		},
	];

	const cells = {
		start: (value, row) =>
			h(
				"a",
				{ href: frappe.utils.get_form_link("Clinic Appointment", row.appointment) },
				clinic.fmt.time(value)
			),
		full_name: (value, row) =>
			h("a", { href: frappe.utils.get_form_link("Clinic Patient", row.patient) }, value),
		file_no: (value) => clinic.fmt.code(value),
		status: (value) => clinic.ui.badge(value).outerHTML,
		alerts: (value) => h("bdi", { class: "text-danger", title: value }, value),
		next_start: (value) => clinic.fmt.datetime(value),
		service_name: (value) => h("bdi", {}, value),
		note: (value) => h("bdi", {}, value),
	};

	frappe.query_reports["Clinic My Day"] = {
		filters: filters(),
		onload(report) {
			report.clinic_stop?.();
			report.clinic_stop = clinic.live.watch(
				["Clinic Appointment"],
				() => report.refresh(),
				{ active: () => frappe.get_route()[1] === "Clinic My Day" }
			);
		},
		formatter(value, row, column, data, default_formatter) {
			const cell = cells[column.fieldname];
			if (!cell || !data) return default_formatter(value, row, column, data);
			return value === null || value === undefined || value === "" ? "" : cell(value, data);
		},
	};
})();
