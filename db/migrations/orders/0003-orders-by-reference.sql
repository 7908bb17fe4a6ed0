-- An import looks for an order by its reference on every channel: a file may be brought in for another channel than the time before.
create index order_reference_idx on "order" (external_reference) where external_reference is not null;
