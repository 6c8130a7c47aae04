"""The bare path: the hops of a message with nothing of Parley in them. What this machine could do at best.

websocket → `gateway` → NATS request → `writer`, one-statement append, JetStream publish → `gateway` → websocket
"""
