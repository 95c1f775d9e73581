"""The reference of all kinds and the picture of the model, made from the ontology: `python -m api.reference docs/`."""
