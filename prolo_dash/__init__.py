"""Prolotherapy trials beside what the placebo effect may explain: evidence, statistics, chapters and outputs."""

__version__ = "0.1.0"
__author__ = "The prolo_dash authors"
