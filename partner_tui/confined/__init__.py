"""Child processes for contributed content: `worker` is the app's end, `sandbox` what the child may not do."""
