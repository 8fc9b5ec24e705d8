"""What the office loads: files of the catalogue and of customers, all of one call or none."""
