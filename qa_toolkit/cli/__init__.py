"""The command line: one thin module per command, words on stderr, results on stdout."""
