"""Everything that installs, starts and checks Parley."""
