"""Uploaded files: hostile until proven otherwise."""
