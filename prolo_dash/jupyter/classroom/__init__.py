"""A class session: a teacher's page leads, phones follow and guess, and answers come with the teacher's reveal."""
