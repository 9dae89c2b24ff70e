"""The composition root: settings in, every port filled, the long-running parts started and stopped in order."""
