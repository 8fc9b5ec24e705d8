"""The company's end: takes documents exactly once, hands them to the ERP, and keeps every device's catalogue fresh."""
