"""Main content of pages: how well it is told from the rest, beside libraries; training the model.

In: sets of pages whose main content is known. Out: tables, and the file of the model.
"""
