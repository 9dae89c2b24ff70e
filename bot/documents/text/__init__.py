"""What every format stands on: the lossless text layer, Markdown, boxes, numbers, references, edits."""
