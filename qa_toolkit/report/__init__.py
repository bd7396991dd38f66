"""The audit result as files: HTML, workbook, JSON. A report computes no number of its own."""
