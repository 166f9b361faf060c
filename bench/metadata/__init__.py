"""Measures title, author and dates of pages against what people wrote down for them."""
