"""The live sockets: what happens reaches everybody it concerns, in order, once, and nobody else."""
