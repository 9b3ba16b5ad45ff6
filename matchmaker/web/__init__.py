"""The only room that knows HTTP: forms in, pages out."""
