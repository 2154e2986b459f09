"""What the screens of a batch are put together from."""
