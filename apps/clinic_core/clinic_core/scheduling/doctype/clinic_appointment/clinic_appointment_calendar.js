/* Month, week and day; dragging an appointment asks for the reason and moves it through the API. */

frappe.views.calendar["Clinic Appointment"] = {
	field_map: { id: "name", start: "start", end: "end", title: "title", allDay: "allDay" },
	get_events_method: "clinic_core.scheduling.api.calendar_events",
	filters: [],
	get_css_class(event) {
		const classes = {
			"No Show": "danger",
			Arrived: "warning",
			Admitted: "success",
			Completed: "success",
		};
		return classes[event.status] || "default";
	},
	options: {
		...clinic.ui.calendar_view_options(),
		eventDrop(info, _delta, revert) {
			// Frappe 15 brings FullCalendar 3 (event, delta, revert), 16 brings 6 ({event, revert}).
			const { id, title, start } = info.event || info;
			const wished = moment(start).locale("en").format("YYYY-MM-DD HH:mm:ss");
			(info.revert || revert)();
			const tell = clinic.scheduling.notify_choice();
			clinic.ui.confirm_reason({
				title: __("Move the appointment of {0}", [title]),
				hint: clinic.fmt.datetime(wished),
				action_label: __("Move"),
				extra: tell.element,
				on_confirm: async (reason, button, error_area) => {
					const args = { appointment: id, start: wished, reason, ...tell.args() };
					const method = "clinic_core.scheduling.api.reschedule";
					await clinic.command(method, args, { button, error_area });
					clinic.compat.refresh_calendar();
				},
			});
		},
		eventResize(info, _delta, revert) {
			(info.revert || revert)(); // the service decides how long it takes
		},
	},
};
