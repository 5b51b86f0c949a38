"""The schema's history, one file a step. Drafted by Tortoise from the models, read before use."""
