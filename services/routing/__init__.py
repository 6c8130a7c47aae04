"""Routing: decides who takes a conversation, by availability, connection, capacity and the inbox's strategy.

Hears conversations (who wants a person, who owns what, what ended) and gateway (who joined, left, is connected).
Keeps the desk: one stream with everybody's load and the queue, so that capacity is one stream's decision.
"""
