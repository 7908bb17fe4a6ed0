-- Web and app sell from the warehouses, and from the shops for those who pick up; the marketplace from one warehouse; tills from the shops.
insert into channel_location (channel_id, location_id, priority)
select channel.id, location.id,
       case location.id when 'warehouse-coventry' then 1 when 'warehouse-memphis' then 2 else 3 end
  from location cross join (values ('web'), ('app'), ('pos'), ('marketplace-craftfair')) as channel (id)
 where case channel.id
         when 'pos' then location.source = 'bestbuy'
         when 'marketplace-craftfair' then location.id = 'warehouse-coventry'
         else location.source = 'bestbuy' or location.id in ('warehouse-coventry', 'warehouse-memphis')
       end
on conflict (channel_id, location_id) do nothing;
