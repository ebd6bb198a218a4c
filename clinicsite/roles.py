"""The roles of the site: the names of the Wagtail groups that migrations create, and of the workflow between them."""

MARKETING_EDITORS = "Marketing editors"
CLINICIAN_REVIEWERS = "Clinician reviewers"
FRONT_DESK = "Front desk"
ADMINISTRATORS = "Administrators"
ALL_ROLES = (MARKETING_EDITORS, CLINICIAN_REVIEWERS, FRONT_DESK, ADMINISTRATORS)

CLINICAL_REVIEW = "Clinical review"
