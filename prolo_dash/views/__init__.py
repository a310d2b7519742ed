"""What is shown: one file a view, each a pure function from evidence and state to a rendering."""
