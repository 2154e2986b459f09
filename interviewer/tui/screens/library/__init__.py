"""The saved interviews, and what their screen is made of."""
