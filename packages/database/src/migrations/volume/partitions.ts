/** Functions that make and list partitions by time. */
export const PARTITIONS = `
-- The partitions by time of a table, the oldest first; that for everything else is none of them.
create function partitions_of(parent text) returns table (name text, starts_at timestamptz, ends_at timestamptz)
language sql stable as $$
  select relname::text, bound[1]::timestamptz, bound[2]::timestamptz
  from pg_inherits join pg_class on pg_class.oid = inhrelid
  cross join regexp_match(pg_get_expr(relpartbound, pg_class.oid), $re$FROM \\('([^']+)'\\) TO \\('([^']+)'\\)$re$) bound
  where inhparent = parent::regclass and bound is not null order by 2
$$;

-- Adds partitions by time to a table, each for so many days, until they reach so far ahead; the first of all begins with the
-- week of its first row. What came while there was none stands in its partition for everything else, and stays there.
create function make_partitions(parent text, days int, ahead interval, first_row timestamptz default now())
returns int language plpgsql as $$
declare
  starts timestamptz;
  part text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('postino.partitions'));
  select max(ends_at) into starts from partitions_of(parent);
  if starts is null then
    starts := date_trunc('week', first_row, 'UTC');
  elsif starts < now() then
    starts := date_trunc('day', now(), 'UTC') + interval '1 day';
  end if;
  while starts < now() + ahead loop
    part := format('%s_%s', parent, to_char(starts at time zone 'UTC', 'YYYYMMDD'));
    -- Rows come and are rarely touched again: vacuumed in small steps as they come, instead of all at once to be frozen.
    execute format('create table %I (like %I including defaults including constraints)
      with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000)', part, parent);
    -- Attached, not made in its place: that would lock out everybody who reads or writes.
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, starts,
      starts + days * interval '1 day');
    starts := starts + days * interval '1 day';
    made := made + 1;
  end loop;
  return made;
end $$;`
