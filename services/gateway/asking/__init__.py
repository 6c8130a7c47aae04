"""From what a browser asks for to the command its owner decides."""
