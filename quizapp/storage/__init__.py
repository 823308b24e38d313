"""The database: engine, unit of work, tables and the queries that pages share."""
