"""The data folder: where everything that must last lies. Keys, database files, pictures, the clock."""
