CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"municipality_id" bigint,
	"before" json,
	"after" json
);
--> statement-breakpoint
CREATE TABLE "dialogs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dialogs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"saved" json,
	"memory" json DEFAULT '{}'::json NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "dialogs_key" UNIQUE("channel","account","chat_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"event_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"internal" text,
	"payload" json,
	"refused" "bytea",
	"status" text DEFAULT 'new' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp with time zone,
	CONSTRAINT "inbox_event" UNIQUE("channel","account","event_id")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"holder" text NOT NULL,
	"epoch" bigint NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"paused_until" timestamp with time zone,
	CONSTRAINT "leases_account" UNIQUE("channel","account")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "media_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"unique_ref" text NOT NULL,
	"mime" text,
	"file_name" text,
	"size" bigint,
	"path" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "replies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"chat_id" text NOT NULL,
	"content" json NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "municipalities" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "municipalities_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"names" jsonb NOT NULL,
	"time_zone" text NOT NULL,
	"settings" jsonb NOT NULL,
	"legal" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "municipalities_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "sectors" (
	"municipality_id" bigint NOT NULL,
	"id" text NOT NULL,
	"labels" jsonb NOT NULL,
	"names" jsonb NOT NULL,
	"keywords" jsonb NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "sectors_municipality_id_id_pk" PRIMARY KEY("municipality_id","id")
);
--> statement-breakpoint
CREATE TABLE "villages" (
	"id" text PRIMARY KEY NOT NULL,
	"municipality_id" bigint NOT NULL,
	"names" jsonb NOT NULL,
	"spellings" jsonb NOT NULL,
	"cases" jsonb,
	"ordinary_word" boolean NOT NULL,
	"position" integer NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal_attachments" (
	"proposal_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "proposal_attachments_proposal_id_media_id_pk" PRIMARY KEY("proposal_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "proposal_counters" (
	"municipality_id" bigint NOT NULL,
	"year" integer NOT NULL,
	"series" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "proposal_counters_municipality_id_year_series_pk" PRIMARY KEY("municipality_id","year","series")
);
--> statement-breakpoint
CREATE TABLE "proposal_status_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposal_status_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"proposal_id" bigint NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"number" text NOT NULL,
	"year" integer NOT NULL,
	"sequence" integer NOT NULL,
	"test" boolean NOT NULL,
	"channel" text,
	"source" text NOT NULL,
	"village_id" text NOT NULL,
	"sector_id" text NOT NULL,
	"resident_id" bigint,
	"text" text NOT NULL,
	"first_text" text NOT NULL,
	"language" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"status" text NOT NULL,
	"hidden_at" timestamp with time zone,
	"merged_into_id" bigint,
	"answer" text,
	"message_ref" text,
	"submitted_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "proposals_number" UNIQUE("municipality_id","number"),
	CONSTRAINT "proposals_location" CHECK (("proposals"."latitude" is null) = ("proposals"."longitude" is null)),
	CONSTRAINT "proposals_merged" CHECK (("proposals"."merged_into_id" is null) = ("proposals"."status" <> 'merged'))
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "addresses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"resident_id" bigint NOT NULL,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"external_id" text NOT NULL,
	"unreachable_reason" text,
	"unreachable_at" timestamp with time zone,
	CONSTRAINT "addresses_chat" UNIQUE("channel","account","external_id")
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "residents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"language" text NOT NULL,
	"village_id" text,
	"name" text,
	"sex" text,
	"age_band" text,
	"demographics_asked_at" timestamp with time zone,
	"consent_version" text,
	"consent_at" timestamp with time zone,
	"announcements_stopped_at" timestamp with time zone,
	"answers_stopped_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "residents_erased" CHECK ("residents"."erased_at" is null or num_nonnulls("residents"."village_id", "residents"."name", "residents"."sex", "residents"."age_band", "residents"."consent_at") = 0)
);
--> statement-breakpoint
ALTER TABLE "sectors" ADD CONSTRAINT "sectors_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "villages" ADD CONSTRAINT "villages_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_attachments" ADD CONSTRAINT "proposal_attachments_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_attachments" ADD CONSTRAINT "proposal_attachments_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_counters" ADD CONSTRAINT "proposal_counters_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_status_changes" ADD CONSTRAINT "proposal_status_changes_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_village_id_villages_id_fk" FOREIGN KEY ("village_id") REFERENCES "public"."villages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_merged_into_id_proposals_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_sector" FOREIGN KEY ("municipality_id","sector_id") REFERENCES "public"."sectors"("municipality_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_village_id_villages_id_fk" FOREIGN KEY ("village_id") REFERENCES "public"."villages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "dialogs_expiry" ON "dialogs" USING btree ("expires_at") WHERE "dialogs"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "inbox_new" ON "inbox" USING btree ("channel","account","chat_id","person_id","id") WHERE "inbox"."status" = 'new';--> statement-breakpoint
CREATE INDEX "inbox_parked" ON "inbox" USING btree ("id") WHERE "inbox"."status" = 'parked';--> statement-breakpoint
CREATE INDEX "inbox_handled" ON "inbox" USING btree ("handled_at");--> statement-breakpoint
CREATE INDEX "media_pending" ON "media" USING btree ("channel","account","next_attempt_at") WHERE "media"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "media_person" ON "media" USING btree ("channel","account","chat_id");--> statement-breakpoint
CREATE INDEX "replies_account" ON "replies" USING btree ("channel","account","id");--> statement-breakpoint
CREATE INDEX "proposal_attachments_media" ON "proposal_attachments" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "proposal_status_changes_proposal" ON "proposal_status_changes" USING btree ("proposal_id","id");--> statement-breakpoint
CREATE INDEX "proposals_village" ON "proposals" USING btree ("village_id","id");--> statement-breakpoint
CREATE INDEX "proposals_sector_order" ON "proposals" USING btree ("municipality_id","sector_id","id");--> statement-breakpoint
CREATE INDEX "proposals_status" ON "proposals" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "proposals_submitted" ON "proposals" USING btree ("submitted_at");--> statement-breakpoint
CREATE INDEX "proposals_resident" ON "proposals" USING btree ("resident_id","id") WHERE "proposals"."resident_id" is not null;--> statement-breakpoint
CREATE INDEX "proposals_message" ON "proposals" USING btree ("message_ref") WHERE "proposals"."message_ref" is not null;--> statement-breakpoint
CREATE INDEX "addresses_resident" ON "addresses" USING btree ("resident_id");--> statement-breakpoint
CREATE INDEX "residents_village" ON "residents" USING btree ("village_id","id") WHERE "residents"."erased_at" is null;