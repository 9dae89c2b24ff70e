"""Tests of the programs that run beside judged code; the judges' own tests run them where they belong."""
