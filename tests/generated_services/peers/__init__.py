"""What Planthread's services and those of its peers do before the same outside judges (`make peers`)."""
