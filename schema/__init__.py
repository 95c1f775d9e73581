"""The ontology, declared once, and the pure rules of the field. Imports nothing of ours and does no I/O."""
