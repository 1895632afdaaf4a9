"""Routing table of clinic_crm: which of our functions Frappe calls, and when. No logic here."""

app_name = "clinic_crm"
app_title = "Clinic CRM"
app_publisher = "Clinic ERP contributors"
app_description = "Leads, activities, calls and marketing channels of a clinic"
app_email = "clinic-erp@users.noreply.example"
app_license = "MIT"
# Frappe reads an app here as "owner/repository"; a bare name makes it ask a code host who owns it.
required_apps = ["clinic/clinic_core"]

before_install = "clinic_crm.install.before_install"
after_install = "clinic_crm.install.after_install"
after_migrate = ["clinic_crm.install.after_migrate"]
before_uninstall = "clinic_crm.install.before_uninstall"

clinic_demo = ["clinic_crm.demo.install"]
clinic_demo_derived = ["Clinic Lead Status Log.lead"]
