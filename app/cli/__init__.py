"""The command line, `ipregister`: a file for each kind of command."""
