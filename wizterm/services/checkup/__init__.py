"""What is well with a rep's folder and what is not, one finding for each thing that can be the matter."""
