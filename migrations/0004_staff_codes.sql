CREATE TABLE "staff_code_attempts" (
	"chat_hash" text PRIMARY KEY NOT NULL,
	"failed" integer NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone
);
