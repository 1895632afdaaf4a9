// Numbers of documents by one field, with the labels people read: clinic_core/foundation/charts.py
frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Clinic Counts"] = {
	method: "clinic_core.foundation.api.chart_counts",
	filters: [],
};
