"""The servers a bare machine lacks, run from Python and npm packages: `postgres`, `nats`, `mail`."""
