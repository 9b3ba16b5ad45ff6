"""Keeping in touch: promises, whom to greet, and the few mails about it. No ask in any of them."""
