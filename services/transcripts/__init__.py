"""Transcripts: decides whether the written record of an ended conversation goes out, and to whom (features §8).

Hears conversations (what ended, and how) and notifications (what became of the mail).
Keeps whom to write to and from where, and each transcript as it was rendered.
"""
