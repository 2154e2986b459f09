"""Access to model services. Knows nothing of interviews."""
