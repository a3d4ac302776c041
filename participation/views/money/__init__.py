"""Money: who claims, who decides, who pays, and what everybody sees."""
