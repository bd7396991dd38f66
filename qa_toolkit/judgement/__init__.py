"""What people decide: accepted deviations, and the judgements that go out and come back in a workbook."""
