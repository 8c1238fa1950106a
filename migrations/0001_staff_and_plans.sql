CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"send_id" bigint NOT NULL,
	"address_id" bigint,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"language" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_epoch" bigint,
	"claimed_at" timestamp with time zone,
	"external_id" text,
	"ack" text,
	"reason" text,
	"possibly_doubled" boolean DEFAULT false NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "deliveries_send_address" UNIQUE("send_id","address_id")
);
--> statement-breakpoint
CREATE TABLE "sends" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sends_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"contents" json,
	"created_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "export_jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"staff_id" bigint NOT NULL,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"chat_id" text NOT NULL,
	"person_id" text NOT NULL,
	"request" json NOT NULL,
	"language" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"path" text,
	"created_at" timestamp with time zone NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meeting_media" (
	"meeting_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "meeting_media_meeting_id_media_id_pk" PRIMARY KEY("meeting_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "meetings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"village_id" text NOT NULL,
	"kind" text NOT NULL,
	"held_on" date NOT NULL,
	"people" integer NOT NULL,
	"women" integer,
	"age_14" integer,
	"age_29" integer,
	"age_55" integer,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"canceled_at" timestamp with time zone,
	CONSTRAINT "meetings_women" CHECK ("meetings"."women" is null or "meetings"."women" between 0 and "meetings"."people"),
	CONSTRAINT "meetings_ages" CHECK (num_nonnulls("meetings"."age_14", "meetings"."age_29", "meetings"."age_55") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "plan_line_proposals" (
	"plan_id" bigint NOT NULL,
	"proposal_id" bigint NOT NULL,
	"line_id" bigint NOT NULL,
	CONSTRAINT "plan_line_proposals_plan_id_proposal_id_pk" PRIMARY KEY("plan_id","proposal_id")
);
--> statement-breakpoint
CREATE TABLE "plan_lines" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_lines_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"sector_id" text,
	"direction" text NOT NULL,
	"issue_number" integer,
	"problem" text NOT NULL,
	"villages" json NOT NULL,
	"beneficiaries" integer,
	"women" integer,
	"men" integer,
	"activities" json NOT NULL,
	"cost" bigint,
	"fundings" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_lines_beneficiaries" CHECK ("plan_lines"."women" + "plan_lines"."men" = "plan_lines"."beneficiaries")
);
--> statement-breakpoint
CREATE TABLE "plan_templates" (
	"municipality_id" bigint NOT NULL,
	"language" text NOT NULL,
	"file" "bytea" NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_templates_municipality_id_language_pk" PRIMARY KEY("municipality_id","language")
);
--> statement-breakpoint
CREATE TABLE "plan_versions" (
	"plan_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "plan_versions_plan_id_version_pk" PRIMARY KEY("plan_id","version")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"year" integer NOT NULL,
	"status" text NOT NULL,
	"heard_on" date,
	"approved_on" date,
	"approved_by" text,
	"document_number" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "plans_year" UNIQUE("municipality_id","year")
);
--> statement-breakpoint
CREATE TABLE "answer_templates" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "answer_templates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"status" text NOT NULL,
	"texts" json NOT NULL,
	"position" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposal_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"proposal_id" bigint NOT NULL,
	"resident_id" bigint,
	"asked_by" bigint,
	"question" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal_supports" (
	"proposal_id" bigint NOT NULL,
	"resident_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "proposal_supports_proposal_id_resident_id_pk" PRIMARY KEY("proposal_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"resident_id" bigint NOT NULL,
	"role" text NOT NULL,
	"name" text,
	"joined_at" timestamp with time zone NOT NULL,
	"invited_by" text NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "staff_invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" bigint NOT NULL,
	"role" text NOT NULL,
	"name" text,
	"code_hash" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by" bigint,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "staff_invitations_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "statistics_reports" (
	"municipality_id" bigint PRIMARY KEY NOT NULL,
	"report" json NOT NULL,
	"version" text NOT NULL,
	"counted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "residents" DROP CONSTRAINT "residents_erased";--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "transcript" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "folded" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "supporter_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "author_sex" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "author_age_band" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "author_vulnerable" boolean;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "meeting_id" bigint;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "import_key" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "opened_by" bigint;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "vulnerable" boolean;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "blocked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_send_id_sends_id_fk" FOREIGN KEY ("send_id") REFERENCES "public"."sends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_address_id_addresses_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."addresses"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sends" ADD CONSTRAINT "sends_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_jobs" ADD CONSTRAINT "export_jobs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_jobs" ADD CONSTRAINT "export_jobs_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_media" ADD CONSTRAINT "meeting_media_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_media" ADD CONSTRAINT "meeting_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_village_id_villages_id_fk" FOREIGN KEY ("village_id") REFERENCES "public"."villages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_line_proposals" ADD CONSTRAINT "plan_line_proposals_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_line_proposals" ADD CONSTRAINT "plan_line_proposals_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_line_proposals" ADD CONSTRAINT "plan_line_proposals_line_id_plan_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."plan_lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_lines" ADD CONSTRAINT "plan_lines_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_templates" ADD CONSTRAINT "plan_templates_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_templates" ADD CONSTRAINT "answer_templates_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_questions" ADD CONSTRAINT "proposal_questions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_questions" ADD CONSTRAINT "proposal_questions_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_questions" ADD CONSTRAINT "proposal_questions_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_supports" ADD CONSTRAINT "proposal_supports_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_supports" ADD CONSTRAINT "proposal_supports_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_used_by_staff_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statistics_reports" ADD CONSTRAINT "statistics_reports_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("channel","account","next_attempt_at","id") WHERE "deliveries"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_in_flight" ON "deliveries" USING btree ("channel","account") WHERE "deliveries"."status" = 'sending';--> statement-breakpoint
CREATE INDEX "deliveries_address" ON "deliveries" USING btree ("address_id") WHERE "deliveries"."address_id" is not null;--> statement-breakpoint
CREATE INDEX "sends_subject" ON "sends" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "sends_open" ON "sends" USING btree ("deadline_at") WHERE "sends"."contents" is not null;--> statement-breakpoint
CREATE INDEX "export_jobs_open" ON "export_jobs" USING btree ("id") WHERE "export_jobs"."status" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "meeting_media_media" ON "meeting_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "meetings_village" ON "meetings" USING btree ("village_id","held_on");--> statement-breakpoint
CREATE INDEX "meetings_municipality" ON "meetings" USING btree ("municipality_id","held_on");--> statement-breakpoint
CREATE INDEX "plan_line_proposals_line" ON "plan_line_proposals" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "plan_line_proposals_proposal" ON "plan_line_proposals" USING btree ("proposal_id");--> statement-breakpoint
CREATE INDEX "plan_lines_plan" ON "plan_lines" USING btree ("plan_id","position");--> statement-breakpoint
CREATE INDEX "answer_templates_status" ON "answer_templates" USING btree ("municipality_id","status","position");--> statement-breakpoint
CREATE INDEX "proposal_questions_proposal" ON "proposal_questions" USING btree ("proposal_id","id");--> statement-breakpoint
CREATE INDEX "proposal_questions_open" ON "proposal_questions" USING btree ("resident_id","id") WHERE "proposal_questions"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "proposal_supports_resident" ON "proposal_supports" USING btree ("resident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_member" ON "staff" USING btree ("municipality_id","resident_id") WHERE "staff"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "staff_resident" ON "staff" USING btree ("resident_id") WHERE "staff"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "staff_invitations_open" ON "staff_invitations" USING btree ("municipality_id","id") WHERE "staff_invitations"."used_at" is null;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposals_inbox" ON "proposals" USING btree ("village_id","id") WHERE "proposals"."status" = 'received' and "proposals"."hidden_at" is null;--> statement-breakpoint
CREATE INDEX "proposals_folded" ON "proposals" USING gin ("folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "proposals_unfolded" ON "proposals" USING btree ("id") WHERE "proposals"."folded" is null;--> statement-breakpoint
CREATE INDEX "proposals_merged_into" ON "proposals" USING btree ("merged_into_id") WHERE "proposals"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "proposals_meeting" ON "proposals" USING btree ("meeting_id") WHERE "proposals"."meeting_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_import" ON "proposals" USING btree ("municipality_id","import_key") WHERE "proposals"."import_key" is not null;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_erased" CHECK ("residents"."erased_at" is null or num_nonnulls("residents"."village_id", "residents"."name", "residents"."sex", "residents"."age_band", "residents"."vulnerable", "residents"."consent_at") = 0);