-- Each page of an operation lists the people of its teams, among those of every operation there was.
create index concurrently if not exists team_members_by_operation on team_members (operation_id);
