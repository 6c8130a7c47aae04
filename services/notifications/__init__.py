"""Notifications: decides what is delivered outside Parley and what agents are told; the only SMTP client.

Hears transcripts (what is to be mailed) and conversations (who got what, who was mentioned, who has read).
Keeps the deliveries that wait, and which notices each reading settles.
"""
