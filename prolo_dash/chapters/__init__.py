"""The chapters: a package for each, none of which knows another."""
