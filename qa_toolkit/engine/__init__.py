"""Great Expectations on DuckDB: checks in, patterns and findings out."""
