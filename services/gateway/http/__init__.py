"""HTTP as every request meets it: limits, guards, problems, and the built pages."""
