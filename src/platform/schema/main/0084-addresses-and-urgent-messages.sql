-- A changed address keeps the former one until it is confirmed; urgent messages have a pause; quiet hours hold for all channels.

alter table notification_channels add column new_address text check (new_address ~ '^[!-~]+$' and length(new_address) <= 254); -- address that takes the place of the other one when it is confirmed
alter table notification_channels add column urgent_rested_until timestamptz; -- earliest time of the next urgent message
-- A removed address leaves its row for a while: it says when the last code was sent.
alter table notification_channels alter column address drop not null;

-- Quiet hours are a member's. An address added after they were set had none.
update notification_channels c set quiet_from = o.quiet_from, quiet_until = o.quiet_until
  from notification_channels o
 where o.member_id = c.member_id and c.quiet_from is null and o.quiet_from is not null;
