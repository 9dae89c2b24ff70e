"""Where delivered repositories go: the local remote, or GitHub."""
