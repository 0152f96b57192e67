-- Text is stored composed (NFC) from here on: what was pasted decomposed, as a Mac sends it, was another text to search,
-- filters and limits. What was saved, and when, stays: "updatedAt" is not touched. Compared forms ("nameKey", slugs) were
-- composed already, so no unique constraint is in the way.
DO $$
BEGIN
  -- PostgreSQL composes UTF-8 alone; in any other encoding there is nothing decomposed to be found.
  IF getdatabaseencoding() <> 'UTF8' THEN RETURN; END IF;

  UPDATE "User"
     SET name = normalize(name, NFC), nickname = normalize(nickname, NFC), bio = normalize(bio, NFC)
   WHERE name IS NOT NFC NORMALIZED OR nickname IS NOT NFC NORMALIZED OR bio IS NOT NFC NORMALIZED;

  UPDATE "Article"
     SET title = normalize(title, NFC), content = normalize(content, NFC), category = normalize(category, NFC)
   WHERE title IS NOT NFC NORMALIZED OR content IS NOT NFC NORMALIZED OR category IS NOT NFC NORMALIZED;

  UPDATE "Tag" SET name = normalize(name, NFC) WHERE name IS NOT NFC NORMALIZED;

  UPDATE "File" SET "originalName" = normalize("originalName", NFC)
   WHERE "originalName" IS NOT NFC NORMALIZED;
END $$;
