-- Roles are held in a portfolio, and administrators are told apart from them.

ALTER TABLE "portfolio" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "membership" (
    "person_id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("person_id","portfolio_id"),
    CONSTRAINT "membership_no_admin" CHECK ("role" <> 'admin')
);
CREATE INDEX "membership_portfolio_id_idx" ON "membership"("portfolio_id");
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Until now a role held everywhere, and the people of a demonstration belonged to it alone.
ALTER TABLE "person" ADD COLUMN "admin" BOOLEAN NOT NULL DEFAULT false;
UPDATE "person" SET "admin" = "role" = 'admin';
INSERT INTO "membership" ("person_id", "portfolio_id", "role")
  SELECT p.id, o.id, p.role FROM "person" p, "portfolio" o WHERE p.role <> 'admin' AND (o.demo OR NOT p.demo);
ALTER TABLE "person" DROP COLUMN "role";
