"""Child processes for contributed content: `worker` is the app's end, `walls` what the child may not do."""
