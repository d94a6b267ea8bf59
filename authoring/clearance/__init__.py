"""Links by which somebody without an account reads a draft and answers."""
