"""Reporting, and what comes of it: hide, show again, warn, suspend, dismiss; each with a reason, none without a trace."""
