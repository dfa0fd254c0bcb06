-- On what evidence somebody arrested as a child, or with an age not known, was later recorded as an adult.
alter table arrests add column age_basis text check (age_basis in ('a document was seen', 'the council assessed it',
  'somebody who knows the person says so', 'the person says so', 'how the person looks, and nothing else')); -- evidence for an adult age
