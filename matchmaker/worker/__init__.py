"""The background worker: takes jobs from the database, one after another, and calls stories."""
