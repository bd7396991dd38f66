"""Settings of an audit: from options, environment, ``qa-toolkit.toml`` and defaults, each with where it came from."""
