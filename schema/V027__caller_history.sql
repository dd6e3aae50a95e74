-- The last talk of a number, which routing asks for (last agent); that of a person goes by call_match.

ALTER TABLE call_record
  ADD KEY call_record_number (calling_number, started_at);
