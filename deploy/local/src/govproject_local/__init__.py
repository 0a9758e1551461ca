"""The suite on one machine: launcher, private broker and databases, checks, tests."""
