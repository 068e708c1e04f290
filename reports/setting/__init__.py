"""A written paper as files: `pages` as HTML for the PDF, `word` as DOCX, `sheets` as XLSX. One WrittenPaper for all three."""
