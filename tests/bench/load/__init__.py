"""The load: a process of its own that plays visitors and agents over real sockets and times what they see.

It speaks the live protocol and knows nothing else, so it drives Parley and the bare path alike.
"""
