"""The format of backups: a zip of JSON lines, one member a table, sealed with a passphrase where one is given."""
