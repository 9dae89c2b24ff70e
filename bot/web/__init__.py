"""What people open in a browser: health, the pages of plans, delivered repositories, and read-only clones of them."""
