"""What I show to whom: the sides of my card, my photo, my codes, and who asks for it."""
