"""The Central view: what the central repository makes of the manifest."""
