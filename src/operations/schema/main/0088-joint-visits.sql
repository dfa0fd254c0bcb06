-- A visit that another force also plans: both write the same reference, so that a coordinator counts the visit once.
alter table planned_visits add column joint_reference text check (joint_reference ~ '^JV-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$'); -- reference shared with another force
