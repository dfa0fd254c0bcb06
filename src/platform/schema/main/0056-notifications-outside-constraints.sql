-- Messages about notifications: keys to tables of areas that are created later, in the main database.

alter table notification_channels add constraint notification_channels_member_id_fkey foreign key (member_id)
  references members;
alter table notification_messages add constraint notification_messages_member_id_fkey foreign key (member_id)
  references members;
alter table notification_messages add constraint notification_messages_agency_id_fkey foreign key (agency_id)
  references agencies;
