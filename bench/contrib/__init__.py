"""What the measurements compare with: a page built on wagtail.contrib.forms, as its documentation shows."""
