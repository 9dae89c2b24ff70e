"""Sentences by people who had seen neither planner nor tests, with what a careful reader expects of each."""
