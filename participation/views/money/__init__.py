"""Pages about money: claiming, setting apart, judging, paying, and what everybody may see."""
