// What was sold on each day, for those who may see money: clinic_reception/front_desk/figures.py
frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Clinic Sales"] = {
	method: "clinic_reception.front_desk.api.chart_sales",
	filters: [],
};
