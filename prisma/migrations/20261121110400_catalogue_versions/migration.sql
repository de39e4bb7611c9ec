-- What the records refer to is edited by people: whoever saves names the version that they saw.
ALTER TABLE "party" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "place" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "source" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "indicator" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "observation" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "target" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
