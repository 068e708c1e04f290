"""What the texts say of commendations: who may give what, who qualifies, how the years run, what money follows. Pure, no database, no clock."""
