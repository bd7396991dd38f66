"""Local extracts of official registers: dated, with their source and hash, and never fetched."""
