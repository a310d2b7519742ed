"""The chapters: a package for each, independent of each other."""
