// Filters of the report, and amounts and dates as people read them.
(() => {
	const h = (...args) => clinic.ui.h(...args);

	// A figure; the number of a person's services leads to the lines behind it.
	function figure(text, person = null) {
		const attributes = { href: "#", "data-clinic-person": person };
		const shown = person ? h("a", attributes, text) : text;
		return h("div", { class: "text-right clinic-money" }, shown).outerHTML;
	}

	function reception(name, { reception_no }) {
		const text = clinic.fmt.code(reception_no) || __("Reception");
		if (!frappe.model.can_read("Clinic Reception")) return h("span", {}, text).outerHTML;
		const href = frappe.utils.get_form_link("Clinic Reception", name);
		return h("a", { href, class: "clinic-money" }, text).outerHTML;
	}

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
			const { fieldname, fieldtype } = column;
			const missing = value === null || value === undefined || value === "";
			if (fieldtype === "Currency") return figure(missing ? "" : clinic.fmt.money(value));
			if (fieldtype === "Int" || fieldtype === "Float") {
				const person = fieldname === "services" && data?.practitioner;
				return figure(clinic.fmt.number(value), person);
			}
			if (fieldtype === "Datetime" && !missing) {
				return h("span", { class: "clinic-money" }, clinic.fmt.datetime(value)).outerHTML;
			}
			if (fieldname === "action") return __(value);
			if (fieldname === "reception" && !missing && data) return reception(value, data);
			return default_formatter(value, row, column, data);
		},

		// The table writes this one word in English, whatever it is told.
		after_datatable_render({ wrapper }) {
			const cells = wrapper.querySelectorAll(".dt-footer .dt-cell__content");
			const word = [...cells].find((cell) => cell.textContent.trim() === "Total");
			if (word) word.textContent = __("Total");
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
