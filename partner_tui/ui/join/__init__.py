"""Becoming a community partner: who may, a few answers, and what is written for them."""
