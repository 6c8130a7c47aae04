"""Who is signed in, who is there, and who may what."""
