"""What answers tell about students and questions: statistics, checkpoints, practice."""
