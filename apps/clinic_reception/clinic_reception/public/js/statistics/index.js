// Statistics of services, and what reports of figures share.
import { ServiceStatistics } from "./page";
import { period_options, period_text } from "./periods";

frappe.provide("clinic");
clinic.statistics = { ServiceStatistics };
clinic.figures = { period_options, period_text };
