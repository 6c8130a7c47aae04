"""One pure decider per aggregate."""
