"""Sandbox, environments and judges: what says whether generated code works. Knows no plan."""
