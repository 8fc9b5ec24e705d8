"""What is printed: symbols, labels and sheets, as SVG and PDF."""
