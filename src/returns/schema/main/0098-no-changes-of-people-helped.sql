-- Returns hear no more of referrals and safeguarding notes: that one came told that somebody was helped.
delete from return_changes where what = 'help' or what = 'NRM referral';
