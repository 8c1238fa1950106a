CREATE TABLE "announcement_media" (
	"announcement_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "announcement_media_announcement_id_media_id_pk" PRIMARY KEY("announcement_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "announcement_rungs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "announcement_rungs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"announcement_id" bigint NOT NULL,
	"rung" text NOT NULL,
	"recipients" text DEFAULT 'audience' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"stale_at" timestamp with time zone,
	"state" text DEFAULT 'planned' NOT NULL,
	"send_id" bigint,
	"moved_from" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "announcement_rungs_send_id_unique" UNIQUE("send_id")
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "announcements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"hearing_id" bigint,
	"approval" json,
	"texts" json,
	"audience" json NOT NULL,
	"ladder" json NOT NULL,
	"at" timestamp with time zone,
	"state" text DEFAULT 'draft' NOT NULL,
	"paused_because" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"prepared_by" text,
	"released_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"prepared_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"progress_send_id" bigint
);
--> statement-breakpoint
CREATE TABLE "calendar_reminders" (
	"municipality_id" bigint NOT NULL,
	"item" text NOT NULL,
	"next_due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_reminders_item" UNIQUE("municipality_id","item")
);
--> statement-breakpoint
CREATE TABLE "notice_templates" (
	"municipality_id" bigint NOT NULL,
	"notice" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_templates_municipality_id_notice_language_pk" PRIMARY KEY("municipality_id","notice","language")
);
--> statement-breakpoint
CREATE TABLE "hearing_intents" (
	"hearing_id" bigint NOT NULL,
	"resident_id" bigint NOT NULL,
	"intent" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "hearing_intents_hearing_id_resident_id_pk" PRIMARY KEY("hearing_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_question_media" (
	"question_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "hearing_question_media_question_id_media_id_pk" PRIMARY KEY("question_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "hearing_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"hearing_id" bigint NOT NULL,
	"resident_id" bigint,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"send_id" bigint
);
--> statement-breakpoint
CREATE TABLE "hearings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "hearings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"topic" json NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"village_id" text NOT NULL,
	"building" text NOT NULL,
	"convener" text,
	"agenda" json,
	"draft_media_id" bigint,
	"draft_url" text,
	"contact" text,
	"proposals_until" timestamp with time zone,
	"state" text DEFAULT 'planned' NOT NULL,
	"cancel_reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"people_count" integer,
	"women_count" integer,
	"minutes_media_id" bigint,
	"minutes_url" text,
	"held_recorded_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "hearings_women" CHECK ("hearings"."women_count" is null or "hearings"."women_count" between 0 and "hearings"."people_count")
);
--> statement-breakpoint
DROP INDEX "deliveries_due";--> statement-breakpoint
ALTER TABLE "addresses" ALTER COLUMN "resident_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "bulk" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sends" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "group_village_id" text;--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "group_title" text;--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "linked_by" text;--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "linked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "announcement_media" ADD CONSTRAINT "announcement_media_announcement_id_announcements_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_media" ADD CONSTRAINT "announcement_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_rungs" ADD CONSTRAINT "announcement_rungs_announcement_id_announcements_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_rungs" ADD CONSTRAINT "announcement_rungs_send_id_sends_id_fk" FOREIGN KEY ("send_id") REFERENCES "public"."sends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_hearing_id_hearings_id_fk" FOREIGN KEY ("hearing_id") REFERENCES "public"."hearings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_progress_send_id_sends_id_fk" FOREIGN KEY ("progress_send_id") REFERENCES "public"."sends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_reminders" ADD CONSTRAINT "calendar_reminders_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_templates" ADD CONSTRAINT "notice_templates_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_intents" ADD CONSTRAINT "hearing_intents_hearing_id_hearings_id_fk" FOREIGN KEY ("hearing_id") REFERENCES "public"."hearings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_intents" ADD CONSTRAINT "hearing_intents_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_question_media" ADD CONSTRAINT "hearing_question_media_question_id_hearing_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."hearing_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_question_media" ADD CONSTRAINT "hearing_question_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_questions" ADD CONSTRAINT "hearing_questions_hearing_id_hearings_id_fk" FOREIGN KEY ("hearing_id") REFERENCES "public"."hearings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_questions" ADD CONSTRAINT "hearing_questions_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_questions" ADD CONSTRAINT "hearing_questions_send_id_sends_id_fk" FOREIGN KEY ("send_id") REFERENCES "public"."sends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_village_id_villages_id_fk" FOREIGN KEY ("village_id") REFERENCES "public"."villages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_draft_media_id_media_id_fk" FOREIGN KEY ("draft_media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_minutes_media_id_media_id_fk" FOREIGN KEY ("minutes_media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_media_media" ON "announcement_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "announcement_rungs_announcement" ON "announcement_rungs" USING btree ("announcement_id","due_at","id");--> statement-breakpoint
CREATE INDEX "announcement_rungs_due" ON "announcement_rungs" USING btree ("due_at") WHERE "announcement_rungs"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "announcement_rungs_running" ON "announcement_rungs" USING btree ("id") WHERE "announcement_rungs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "announcements_municipality" ON "announcements" USING btree ("municipality_id","id");--> statement-breakpoint
CREATE INDEX "announcements_hearing" ON "announcements" USING btree ("hearing_id") WHERE "announcements"."hearing_id" is not null;--> statement-breakpoint
CREATE INDEX "announcements_open" ON "announcements" USING btree ("id") WHERE "announcements"."state" in ('released', 'running', 'paused');--> statement-breakpoint
CREATE INDEX "hearing_intents_resident" ON "hearing_intents" USING btree ("resident_id");--> statement-breakpoint
CREATE INDEX "hearing_question_media_media" ON "hearing_question_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "hearing_questions_hearing" ON "hearing_questions" USING btree ("hearing_id","id");--> statement-breakpoint
CREATE INDEX "hearing_questions_resident" ON "hearing_questions" USING btree ("resident_id");--> statement-breakpoint
CREATE INDEX "hearings_municipality" ON "hearings" USING btree ("municipality_id","starts_at");--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_group_village_id_villages_id_fk" FOREIGN KEY ("group_village_id") REFERENCES "public"."villages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("send_id") WHERE "deliveries"."status" in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "addresses_group" ON "addresses" USING btree ("group_village_id") WHERE "addresses"."group_village_id" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("channel","account","bulk","next_attempt_at","id") WHERE "deliveries"."status" = 'pending';--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_owner" CHECK (num_nonnulls("addresses"."resident_id", "addresses"."group_village_id") = 1);