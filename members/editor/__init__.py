"""The Wagtail admin shows an editor their own municipality's pages, and besides what they may read anyway."""
