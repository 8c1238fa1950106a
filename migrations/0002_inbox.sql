DROP INDEX "proposals_inbox";--> statement-breakpoint
CREATE INDEX "proposals_hidden" ON "proposals" USING btree ("village_id","id") WHERE "proposals"."hidden_at" is not null;--> statement-breakpoint
CREATE INDEX "proposals_inbox" ON "proposals" USING btree ("village_id","status","id","sector_id") WHERE "proposals"."hidden_at" is null and not "proposals"."test";