"""Replay of a saved interview, and what its screen is made of."""
