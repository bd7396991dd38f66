"""A small writer of OpenDocument spreadsheets: the same bytes for the same cells, as LibreOffice lays a file out."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

Value = str | float | date
MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ALL_ROWS, ALL_COLUMNS = 1_048_576, 1_024
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MANIFEST = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
 <manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME_TYPE}"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"\
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"\
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"\
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"\
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2">
<office:automatic-styles>
<number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text>\
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
"""
_END = "</office:spreadsheet></office:body></office:document-content>\n"


def write_spreadsheet(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]]) -> None:
    """Write the sheets: texts (a line break starts a paragraph), figures and dates; '' is an empty cell."""
    content = _START + "".join(_sheet(name, rows) for name, rows in sheets.items()) + _END
    with zipfile.ZipFile(path, "w") as archive:
        # The type comes first and uncompressed: that is how programs know the file.
        for name, text in (("mimetype", MIME_TYPE), ("content.xml", content), ("META-INF/manifest.xml", _MANIFEST)):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text)


def _sheet(name: str, rows: Sequence[Sequence[Value]]) -> str:
    """A sheet, filled up with empty rows to its very end, as LibreOffice does when a whole column is formatted."""
    lines = [f'<table:table table:name="{escape(name)}">\n']
    lines += [f"<table:table-row>{_row(row)}</table:table-row>\n" for row in rows]
    lines.append(
        f'<table:table-row table:number-rows-repeated="{ALL_ROWS - len(rows)}">{_empty(ALL_COLUMNS)}'
        "</table:table-row>\n</table:table>\n"
    )
    return "".join(lines)


def _row(row: Sequence[Value]) -> str:
    cells, blank = [], 0
    for value in row:
        if value == "":
            blank += 1
            continue
        cells += [_empty(blank) if blank else "", _cell(value)]
        blank = 0
    return "".join(cells) + _empty(ALL_COLUMNS - len(row) + blank)


def _cell(value: Value) -> str:
    if isinstance(value, date):
        shown = f"<text:p>{value:%d/%m/%Y}</text:p>"
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}" table:style-name="date"'
        return f"<table:table-cell {kind}>{shown}</table:table-cell>"
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    kind = f'office:value-type="float" office:value="{value:g}"'
    return f"<table:table-cell {kind}><text:p>{value:g}</text:p></table:table-cell>"


def _empty(cells: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{cells}"/>'
