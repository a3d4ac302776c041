"""Getting entries in and out: the national Algoritmeregister, our own formats, CSV and XLSX."""
