-- After the index of the text, which a new database adds after its functions: so the columns have one order everywhere.
alter table publications add column picture jsonb; -- the picture on the public page: its words and who took it
