"""The ONE way out in bulk: every stored submission as a row, each answer under its own question, in any format."""

from forms.exports.columns import Catalogue, ExportColumn
from forms.exports.csvfile import csv_file, safe
from forms.exports.rows import Rows, snapshot

__all__ = ["Catalogue", "ExportColumn", "Rows", "csv_file", "safe", "snapshot"]
