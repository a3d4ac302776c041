"""What every API of the portal shares: problem details, strict questions, pages by cursor, headers."""
