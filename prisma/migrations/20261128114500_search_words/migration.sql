-- The search page finds articles by their words, each by its beginning, and Korean words (all that are not ASCII) by any
-- part. Unlike the trigrams of the API's `search`, this index answers without reading a text again, also for a word
-- that every article has.

-- The end of a word from each of its characters on is a term, so that every part of the word begins one. Lengths and
-- number are bounded: a tsvector holds 1 MB.
CREATE FUNCTION search_terms("text" TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT array(
    SELECT "term" FROM
      unnest(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, translate("text", './-_@:&=#?', '          ')))) AS "words" ("word"),
      LATERAL (
        SELECT left("word", 32) AS "term" WHERE octet_length("word") = length("word")
        UNION ALL
        SELECT substr("word", "at", 8) FROM generate_series(1, least(length("word"), 32)) AS "positions" ("at")
         WHERE octet_length("word") > length("word")
      ) AS "parts"
    LIMIT 30000)
$$;

-- All of the words; null where there is none.
CREATE FUNCTION search_query("text" TEXT) RETURNS TSQUERY LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(quote_literal(left("word", CASE WHEN octet_length("word") = length("word") THEN 32 ELSE 8 END)) || ':*', ' & ')::TSQUERY
    FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, translate("text", './-_@:&=#?', '          ')))) AS "words" ("word")
$$;

CREATE INDEX "Article_words_idx" ON "Article" USING GIN (array_to_tsvector(search_terms("title" || ' ' || "content")))
WHERE "isPublished";
