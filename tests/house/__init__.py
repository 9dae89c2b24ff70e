"""Tests of what holds the house together: settings, packaging, deployment files, generated pages."""
