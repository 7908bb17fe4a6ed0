-- What an order was promised at a level, and what became of it: the ledger knows, by its cause.
create index stock_movement_order_idx on stock_movement (cause_id, sku, location_id) where cause_kind = 'ORDER';
