"""What every test shares: a busy machine is no reason for a property test to fail."""

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
