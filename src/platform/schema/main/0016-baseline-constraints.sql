-- The access log, events that wait to be delivered, forms already sent and notifications: keys to tables of areas
-- that are created later, and constraints that call a function, in the main database.

alter table notices add constraint notices_owner_id_fkey foreign key (owner_id) references agencies;
alter table notices add constraint notices_to_member_fkey foreign key (to_member) references members;
alter table notices add constraint notices_to_agency_fkey foreign key (to_agency) references agencies;

alter table notice_readings add constraint notice_readings_member_id_fkey foreign key (member_id) references members;
