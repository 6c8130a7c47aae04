"""Conversations: decides what is said in a conversation, who owns it and how it ends; also contacts, inboxes and channels.

Hears bots (what they say, hand over, end), routing (whom it chose, why nobody) and transcripts (sent or not, and why).
Keeps nothing but its log: threads are read from it, views are the gateway's.
"""
