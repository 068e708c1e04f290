"""Lists of members from Excel, from the cells of a sheet to what is new, changed, the same or refused. Pure: no database, no clock."""
