"""Installs all three apps of Clinic ERP with one command.

For those who want `pip install .` instead of three `bench get-app`. Never install this
beside the three apps separately: both would own the same packages.
"""

from setuptools import find_packages, setup

APPS = ("clinic_core", "clinic_crm", "clinic_reception")

setup(
	name="clinic-erp",
	version="0.1.0",
	description="Clinic ERP: three Frappe apps for clinics and medical or aesthetic centres",
	license="MIT",
	python_requires=">=3.10",
	packages=[package for app in APPS for package in find_packages(f"apps/{app}")],
	package_dir={app: f"apps/{app}/{app}" for app in APPS},
	include_package_data=True,
	package_data={app: ["**/*"] for app in APPS},
	install_requires=["icalendar>=6,<8", "jdatetime>=5,<7", "pypinyin>=0.49,<1", "rapidfuzz>=3.6,<4"],
)
