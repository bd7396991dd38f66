"""The sheets of the workbooks: one module for each group of sheets, every cell through ``qa_toolkit.workbook``."""
