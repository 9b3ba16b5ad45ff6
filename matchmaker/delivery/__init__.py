"""What leaves the machine: mail. Rendered without Flask, so that the worker can do it alone."""
