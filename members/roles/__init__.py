"""Who may do what besides reading: roles, and Wagtail's groups and permissions that follow from them."""
