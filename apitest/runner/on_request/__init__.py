"""A run whose scenarios are asked for one by one, as pytest does."""
