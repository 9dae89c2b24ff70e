"""Tools of the checkout: setting it up, and what is generated for its pages. Nothing of it ships in the wheel."""
