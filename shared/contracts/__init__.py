"""Every command, event, query and refusal of Parley: the product's table of contents, one file per service."""
