"""What a provider hands in, read into the canonical tables: one reader per format, problems instead of crashes."""
