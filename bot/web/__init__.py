"""What people open in a browser: health, delivered repositories, and read-only clones of them."""
