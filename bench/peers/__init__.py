"""One module an engine; each is imported only in the worker process that runs it."""
