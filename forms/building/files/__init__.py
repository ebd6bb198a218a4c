"""A form as a JSON file, to keep, to send to another clinic, or to start from: the format ``clinic-form/1``.

The file holds what patients see and nothing of who works on it: no addresses of staff, no dates, no limits, no time
after which answers are erased. docs/form-files.md describes it.
"""

from forms.building.files.read import FormFileError, Problem, parse, read
from forms.building.files.write import write

__all__ = ["FormFileError", "Problem", "parse", "read", "write"]
