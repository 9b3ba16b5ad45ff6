"""Files that organizers bring and people take home: bytes to values and back, no SQL, no HTTP."""
