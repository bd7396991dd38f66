"""The toolkit's own template: written for providers, and described for people."""
