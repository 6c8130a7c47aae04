"""Bots: decides what a bot says next, when it hands over to people, and when a silent visitor's session ends.

Hears conversations (who began with a bot, what the visitor said, who took over). Keeps the running sessions' time-outs.
"""
