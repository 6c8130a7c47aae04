"""Gateway: the only way in. Who may sign in and who is connected; everything people see, live.

Decides: accounts (created, changed, deactivated) and presence transitions.
Hears: conversations, routing, bots, notifications and itself, for the inbox views and the live sockets.
Keeps: inbox views, thread entries and directory (rebuildable); credentials, sessions, uploads, presence leases (migrations/).
"""
