// Filters of the report; months and words as people read them.
(() => {
	const GROUPS = ["Month", "Practitioner", "Service", "Branch", "Booked through"];

	const said = (value) => {
		const group = frappe.query_report?.get_filter_value("group_by");
		if (group === "Booked through") return __(value, null, "Clinic Appointment");
		return group === "Month" ? month(value) : value;
	};

	// Months are those of the Persian calendar, stored as 1405-08; each reader gets their names.
	function month(value) {
		const [year, number] = value.split("-").map(Number);
		if (!number) return value;
		const day = new Date(Date.UTC(...gregorian(year, number)));
		const locale = clinic.is_persian() ? "fa-IR" : "en";
		const names = new Intl.DateTimeFormat(`${locale}-u-ca-persian`, {
			month: "long",
			timeZone: "UTC",
		});
		return `${names.format(day)} ${year}`;
	}

	const gregorian = (year, number) => {
		const [y, m, d] = clinic.digits.jalali_to_gregorian(year, number, 15);
		return [y, m - 1, d];
	};

	frappe.query_reports["Clinic No-Shows"] = {
		filters: [
			{
				fieldname: "group_by",
				label: __("Group by"),
				fieldtype: "Select",
				options: GROUPS.map((value) => ({ value, label: __(value) })),
				default: "Month",
				reqd: 1,
			},
			{
				fieldname: "from_date",
				label: __("From date"),
				fieldtype: "Date",
				default: clinic.fmt.add_days(clinic.fmt.today(), -365),
			},
			{ fieldname: "to_date", label: __("To date"), fieldtype: "Date" },
			{
				fieldname: "branch",
				label: __("Branch"),
				fieldtype: "Link",
				options: "Clinic Branch",
			},
		],
		formatter(value, row, column, data, default_formatter) {
			if (column.fieldname === "label" && data)
				return clinic.ui.h("bdi", {}, clinic.fmt.digits(said(value || "–"))).outerHTML;
			if (["over", "came", "missed", "cancelled"].includes(column.fieldname))
				return clinic.ui.h("div", { class: "text-right" }, clinic.fmt.number(value || 0))
					.outerHTML;
			if (column.fieldname === "percent")
				return clinic.ui.h(
					"div",
					{ class: "text-right" },
					clinic.fmt.number(value || 0, { decimals: 1 }) +
						(clinic.is_persian() ? "٪" : "%")
				).outerHTML;
			return default_formatter(value, row, column, data);
		},
	};
})();
