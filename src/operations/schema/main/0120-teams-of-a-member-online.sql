-- Every request asks for the teams of its member, among those of every operation there was.
create index concurrently if not exists team_members_by_member on team_members (member_id);
