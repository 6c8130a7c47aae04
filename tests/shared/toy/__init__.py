"""A tiny service to try the machinery on: jars, into which marbles drop until the jar is full or broken."""
