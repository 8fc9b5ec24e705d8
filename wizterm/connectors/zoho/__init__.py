"""Zoho Inventory v1 and Zoho Books v3: two products with one set of calls, and one connector for both."""
