"""What every chapter is built from: the contract of a view, controls, charts, words for numbers and trials."""
