"""Ways to the outside, one file for each ERP: a translation of documents and errors, not a process."""
