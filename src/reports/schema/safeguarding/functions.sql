-- Reports from the public: the functions in the safeguarding database.

-- Who reads the reports of this database: those roles, and the others that are named. And who may hand one in.
create or replace function ctx.reads_reports(others text[] default '{}') returns boolean
  language sql stable as
  $$ select ctx.roles() && (array['safeguarding lead', 'partner caseworker'] || others) and ctx.side() = 'help' $$;

create or replace function ctx.hands_in_reports() returns boolean
  language sql stable as
  $$ select ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker'] and ctx.side() = 'help' $$;

-- Officers write internal logs to the police line alone.
create or replace function ctx.logs_reports() returns boolean language sql stable as $$ select false $$;

-- Drafts lie in the main database alone.
create or replace function ctx.end_used_draft(used bytea) returns void
  language sql as $$ select $$;
