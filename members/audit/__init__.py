"""Who did what to whom and when: written by Wagtail's log, read by those responsible, kept for a while."""
