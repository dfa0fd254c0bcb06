-- What was published before leads could stop it. After the constraints, which give publications their figures and pictures.
insert into submitted_releases (id, agency_id, operation_id, revision, text, figures, embargo_until, submitted_at, scheduled)
select r.id, r.agency_id, r.operation_id, r.published_revision,
       jsonb_build_object('title', p.title, 'area', p.area, 'description', p.description, 'keyPoints', to_jsonb(p.key_points),
         'body', p.body, 'quotes', p.quotes, 'picture', p.picture, 'correction', null, 'cautions', to_jsonb(p.cautions)),
       p.figures, p.embargo_until, p.changed_at, true
  from publications p join releases r on r.id = p.id
 where p.withdrawn_at is null and r.published_revision is not null and r.state <> 'withdrawn'
on conflict do nothing;
