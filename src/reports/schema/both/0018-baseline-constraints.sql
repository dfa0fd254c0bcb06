-- Reports from the public: keys to tables of areas that are created later, and constraints that call a function, in
-- both databases.

alter table reports add constraint reports_as_they_must_be check (is_one_of_reports(reports.*));

alter table report_parts add constraint report_parts_as_they_must_be check (is_one_of_report_parts(report_parts.*));
