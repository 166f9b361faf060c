"""Measures taggers on annotated articles, and keeps a reader's verdicts on sampled tags."""
