"""Here is what I can give: an invitation becomes a meeting, and a meeting has an outcome."""
