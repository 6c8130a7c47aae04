"""The two sides that are held against each other: Parley, and the bare path on the same servers."""
