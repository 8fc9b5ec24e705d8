"""Microsoft Dynamics 365 Business Central by its API v2.0, as published; nothing of Microsoft's is imported."""
