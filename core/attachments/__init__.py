"""The words of attached files, taken out in a process of its own so that no file can harm the site."""
