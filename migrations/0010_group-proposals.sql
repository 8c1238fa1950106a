ALTER TABLE "proposals" ADD COLUMN "sector_due" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "consent_due_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "proposals_incomplete" ON "proposals" USING btree ("resident_id") WHERE "proposals"."consent_due_at" is not null or "proposals"."sector_due";--> statement-breakpoint
CREATE INDEX "proposals_consent_due" ON "proposals" USING btree ("consent_due_at") WHERE "proposals"."consent_due_at" is not null;