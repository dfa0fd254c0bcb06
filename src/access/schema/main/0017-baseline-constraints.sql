-- Emergency access, and versions of the access rules: keys to tables of areas that are created later, and
-- constraints that call a function, in the main database.

alter table break_glass add constraint break_glass_operation_id_fkey foreign key (operation_id) references operations;
