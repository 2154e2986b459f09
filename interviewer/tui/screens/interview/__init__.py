"""The interview itself, and what its screen is made of."""
