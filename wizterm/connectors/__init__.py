"""Ways to the outside, one module or package for each ERP: a translation of documents and errors, not a process."""
