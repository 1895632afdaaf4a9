// Everything clinic_crm adds to the desk. The kit of clinic_core is loaded before it.
import { Office } from "./pipeline/office";
import { open_activity } from "./pipeline/activity_dialog";
import { open_booking } from "./pipeline/booking_dialog";
import { open_convert } from "./pipeline/convert_dialog";
import { open_new_lead } from "./pipeline/new_lead";
import { install as offer_to_statement } from "./pipeline/statement_operation";

frappe.provide("clinic.pipeline");
Object.assign(clinic.pipeline, {
	Office,
	open_activity,
	open_booking,
	open_convert,
	open_new_lead,
});
offer_to_statement();
