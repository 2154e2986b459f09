"""Pages and documents for other programs, in which text from outside is never markup."""
