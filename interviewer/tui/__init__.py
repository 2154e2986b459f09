"""The screens. Everything that they show comes from the headless core; nothing below imports them."""
