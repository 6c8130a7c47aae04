"""How fast, and against what: `make bench`, or `python -m tests.bench P1 P4` for some of the rows.

Each figure stands beside a ceiling measured by turns with it, in the same run on the same machine: absolute times drift, ratios
hold. Loads come from processes of their own over real sockets, and the auditor looks at what is left: a fast figure with a
lost message is a failure. Exits with 1 when a limit of this release is not kept.
"""
