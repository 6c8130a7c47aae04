"""From events to the rows people see; one module per kind of row."""
