"""The commands of `quizapp`."""
