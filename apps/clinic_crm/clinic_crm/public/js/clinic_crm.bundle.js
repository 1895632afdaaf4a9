// Everything clinic_crm adds to the desk. The kit of clinic_core is loaded before it.
import { Office } from "./pipeline/office";
import { open_activity } from "./pipeline/activity_dialog";
import { open_new_lead } from "./pipeline/new_lead";

frappe.provide("clinic.pipeline");
Object.assign(clinic.pipeline, { Office, open_activity, open_new_lead });
