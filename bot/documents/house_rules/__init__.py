"""House rules: what a workspace asks of generated code, one rule a list item of a Markdown document."""
