-- What guests can see has a version: the sum over these slots. Each connection writes a slot of its own, so that
-- writers do not wait for each other.
CREATE TABLE "ContentVersion" (
    "slot" INTEGER NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ContentVersion_pkey" PRIMARY KEY ("slot")
);

-- Deferred to the end of the transaction: it then holds all its other locks already, and cannot deadlock with a
-- writer that waits for one of them while it holds the slot.
CREATE FUNCTION move_content_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ContentVersion" AS kept ("slot", "version") VALUES (pg_backend_pid() % 16, 1)
  ON CONFLICT ("slot") DO UPDATE SET "version" = kept."version" + 1;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER move_version_for_new_article AFTER INSERT ON "Article"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."isPublished") EXECUTE FUNCTION move_content_version();

CREATE CONSTRAINT TRIGGER move_version_for_changed_article AFTER UPDATE ON "Article"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."isPublished" OR NEW."isPublished") EXECUTE FUNCTION move_content_version();

CREATE CONSTRAINT TRIGGER move_version_for_deleted_article AFTER DELETE ON "Article"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."isPublished") EXECUTE FUNCTION move_content_version();

CREATE CONSTRAINT TRIGGER move_version_for_changed_author AFTER UPDATE ON "User"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((OLD."name", OLD."nickname", OLD."bio", OLD."image", OLD."github", OLD."twitter", OLD."linkedin", OLD."bannedAt")
  IS DISTINCT FROM (NEW."name", NEW."nickname", NEW."bio", NEW."image", NEW."github", NEW."twitter", NEW."linkedin", NEW."bannedAt"))
EXECUTE FUNCTION move_content_version();

CREATE CONSTRAINT TRIGGER move_version_for_deleted_author AFTER DELETE ON "User"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_content_version();

CREATE CONSTRAINT TRIGGER move_version_for_changed_tag AFTER INSERT OR UPDATE OR DELETE ON "Tag"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_content_version();

-- Pictures: what they are known by, and whether they are there.
CREATE CONSTRAINT TRIGGER move_version_for_changed_file AFTER UPDATE ON "File"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN ((OLD."visibility", OLD."width", OLD."height", OLD."registeredAt", OLD."removedAt")
  IS DISTINCT FROM (NEW."visibility", NEW."width", NEW."height", NEW."registeredAt", NEW."removedAt"))
EXECUTE FUNCTION move_content_version();

CREATE TRIGGER move_version_for_emptied_articles AFTER TRUNCATE ON "Article" EXECUTE FUNCTION move_content_version();
