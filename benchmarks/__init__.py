"""Long runs, one command each; docs/performance.md says what they measured."""
