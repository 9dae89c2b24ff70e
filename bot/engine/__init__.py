"""The engine: DBOS behind its port, and the reconciler that tells it what to run. Disposable: no fact lives here."""
