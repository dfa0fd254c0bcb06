-- The search of the header and each plan read powers of entry by their operation.
create index powers_by_operation on powers (operation_id);
