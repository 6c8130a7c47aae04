"""The demonstration shop "Spoke & Larch", set up through the services' own commands. Setting it up again does no harm."""
