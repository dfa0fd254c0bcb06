-- Whether a recipient was notified, for the sender. Rows made before stay without an id: nobody asks about them.
alter table person_grants add column notice_id uuid; -- the notification that the recipient got, for the sender to ask whether it arrived
alter table person_grants alter column notice_id set default gen_random_uuid();
alter table withdrawn_grants add column notice_id uuid; -- the notification that the recipient got of the end
alter table withdrawn_grants alter column notice_id set default gen_random_uuid();
