-- Home pages name children met whom nobody told children's services of: few among very many people met.
create index concurrently if not exists encounters_children_untold on encounters (visit_id, number)
  where age <> 'adult' and services_told is null and disposed_on is null;
