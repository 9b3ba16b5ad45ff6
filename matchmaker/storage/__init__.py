"""The only room that knows SQL: rows in, frozen values out."""
