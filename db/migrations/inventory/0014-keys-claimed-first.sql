-- A key is claimed before the levels are locked, and answered after: room on the page lets the answer replace the claim there.
alter table idempotency_record set (fillfactor = 50);
