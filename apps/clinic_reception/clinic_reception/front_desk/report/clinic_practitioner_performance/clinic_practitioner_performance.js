// Filters of the report, and amounts and dates as people read them.
(() => {
	const filters = () => {
		const sees_all = ["Clinic Manager", "Clinic Accountant", "System Manager"].some((role) =>
			frappe.user.has_role(role)
		);
		const is_custom = "eval:doc.period == 'custom'";
		return [
			{
				fieldname: "period",
				label: __("Period"),
				fieldtype: "Select",
				options: clinic.figures.period_options(),
				default: "month",
				reqd: 1,
			},
			{
				fieldname: "from_date",
				label: __("From date"),
				fieldtype: "Date",
				default: frappe.datetime.month_start(),
				depends_on: is_custom,
			},
			{
				fieldname: "to_date",
				label: __("To date"),
				fieldtype: "Date",
				default: frappe.datetime.get_today(),
				depends_on: is_custom,
			},
			{
				fieldname: "branch",
				label: __("Branch"),
				fieldtype: "Link",
				options: "Clinic Branch",
			},
			{
				fieldname: "department",
				label: __("Department"),
				fieldtype: "Link",
				options: "Clinic Department",
			},
			...(sees_all
				? [
						{
							fieldname: "practitioner",
							label: __("Person"),
							fieldtype: "Link",
							options: "Clinic Practitioner",
						},
				  ]
				: []),
			{
				fieldname: "role",
				label: __("Role of the person"),
				fieldtype: "Select",
				options: [
					{ value: "", label: __("All roles") },
					...["Practitioner", "Technician", "Assistant"].map((role) => ({
						value: role,
						label: __(role),
					})),
				],
			},
			{
				fieldname: "view",
				label: __("View"),
				fieldtype: "Select",
				options: [
					{ value: "By Person", label: __("By person") },
					{ value: "By Line", label: __("By line") },
				],
				default: "By Person",
			},
		];
	};

	frappe.query_reports["Clinic Practitioner Performance"] = {
		filters: filters(),
		formatter(value, row, column, data, default_formatter) {
			const h = clinic.ui.h;
			if (column.fieldtype === "Currency") {
				const text = value === null || value === undefined ? "" : clinic.fmt.money(value);
				return h("div", { class: "text-right" }, text).outerHTML;
			}
			if (column.fieldtype === "Datetime" && value) return clinic.fmt.datetime(value);
			if (column.fieldtype === "Int" || column.fieldtype === "Float") {
				const shown = h("div", { class: "text-right" }, clinic.fmt.number(value));
				if (!data?.practitioner || column.fieldname !== "services") return shown.outerHTML;
				shown.replaceChildren(
					h(
						"a",
						{ href: "#", "data-clinic-person": data.practitioner },
						shown.textContent
					)
				);
				return shown.outerHTML;
			}
			if (column.fieldname === "action") return __(value);
			if (column.fieldname === "reception" && value) {
				const href = frappe.utils.get_form_link("Clinic Reception", value);
				return h("a", { href }, clinic.fmt.code(data.reception_no) || __("Reception"))
					.outerHTML;
			}
			return default_formatter(value, row, column, data);
		},

		onload(report) {
			// The number of services leads to the very lines behind it.
			report.page.main.on("click", "[data-clinic-person]", (event) => {
				event.preventDefault();
				const person = event.currentTarget.dataset.clinicPerson;
				report.set_filter_value({ practitioner: person, view: "By Line" });
			});
		},
	};
})();
