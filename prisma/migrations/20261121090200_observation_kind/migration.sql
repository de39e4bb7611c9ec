-- What a figure covers: figures of different kinds are not set side by side.
ALTER TABLE "observation" ADD COLUMN "kind" TEXT;
