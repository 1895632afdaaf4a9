/* Every state of every document: its tone. Labels are translated where they are shown. */

export const TONES = {
	// appointments
	Held: "neutral",
	Booked: "info",
	Confirmed: "accent",
	Arrived: "warning",
	Admitted: "progress",
	Completed: "success",
	Cancelled: "muted",
	"No Show": "danger",
	// visits and triage
	Waiting: "warning",
	Triaged: "progress",
	"In Service": "progress",
	Done: "success",
	Closed: "muted",
	Active: "progress",
	Void: "muted",
	// receptions and money
	Draft: "neutral",
	Submitted: "success",
	Received: "info",
	"Partly Applied": "progress",
	Applied: "success",
	Refunded: "muted",
	Open: "info",
	// waiting list and recalls
	Offered: "accent",
	Accepted: "success",
	Declined: "muted",
	Expired: "muted",
	Withdrawn: "muted",
	Due: "warning",
	Contacted: "info",
	"Not Reached": "danger",
	// sessions
	Planned: "neutral",
	Attended: "success",
	Absent: "danger",
	Burnt: "danger",
	// leads, activities, calls
	"New Lead": "info",
	"In Progress": "progress",
	"New Opportunity": "accent",
	"Closed Opportunity": "success",
	Stagnant: "muted",
	"Not Done": "warning",
	Overdue: "danger",
	Ringing: "warning",
	Answered: "success",
	Ended: "muted",
	Missed: "danger",
	Busy: "warning",
	Failed: "danger",
	// messages
	Queued: "info",
	Sending: "progress",
	Sent: "accent",
	Delivered: "success",
	Unknown: "warning",
	"Not Sent": "muted",
	// imports
	Running: "progress",
	Complete: "success",
	"Taking Back": "warning",
	"Taken Back": "muted",
};

export function tone(status) {
	return TONES[status] || "neutral";
}
