// Calendar of activities (C024).
frappe.views.calendar["Clinic Activity"] = {
	field_map: {
		start: "start",
		end: "end",
		id: "name",
		title: "title",
		allDay: "all_day",
		color: "color",
	},
	order_by: "date",
	options: clinic.ui.calendar_view_options(),
	get_events_method: "clinic_crm.pipeline.api.activity_events",
};
