"""Reports of the same happening put together: copies, comparing, clustering, events."""
