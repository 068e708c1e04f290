"""One module per paper: what it says, as plain values, and how it is set. No queries here."""
