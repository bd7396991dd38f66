"""Tables from anywhere: how a file is written, where its header stands, what its columns mean and its cells say."""
