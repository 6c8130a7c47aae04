"""One file per kind of stream: a delivery, a notice."""
