-- "None" in a search record is no force and no damage. The same words are read by the form: see src/visits/forms.ts.
alter table searches
  alter column forced set expression as (force_used is not null and force_used !~*
    '^\W*((n/?a|not applicable|0)|(no|nil|none|nothing)( force| damage)?( was)?( known| caused| done| used| recorded| reported| damaged| broken)?)?\W*$'),
  alter column damaged set expression as (damage is not null and damage !~*
    '^\W*((n/?a|not applicable|0)|(no|nil|none|nothing)( force| damage)?( was)?( known| caused| done| used| recorded| reported| damaged| broken)?)?\W*$');
