"""The page in the browser: its sources in TypeScript, and their build."""
