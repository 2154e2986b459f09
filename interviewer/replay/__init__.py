"""What can be done with a saved interview: watch it, go another way from a moment of it, have it judged anew."""
