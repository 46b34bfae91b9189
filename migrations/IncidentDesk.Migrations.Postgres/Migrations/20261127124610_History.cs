using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace IncidentDesk.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class History : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AttackWaves",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Vector = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    FromAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FromPrecision = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ToAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ToPrecision = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Magnitude = table.Column<double>(type: "double precision", nullable: true),
                    Unit = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    MagnitudeKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    MeasuredAt = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Signature = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    Notes = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    Countries = table.Column<List<string>>(type: "text[]", nullable: false),
                    Networks = table.Column<List<string>>(type: "text[]", nullable: false),
                    Prefixes = table.Column<string>(type: "text", nullable: true),
                    AdaptedToId = table.Column<Guid>(type: "uuid", nullable: true),
                    IsWithdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: true),
                    CreatedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttackWaves", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AttackWaves_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AttackWaves_Mitigations_AdaptedToId",
                        column: x => x.AdaptedToId,
                        principalTable: "Mitigations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FollowUps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Action = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Outcome = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    Tracker = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FollowUps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FollowUps_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FollowUps_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IncidentVisits",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    LeftAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentVisits", x => new { x.PersonId, x.IncidentId });
                    table.ForeignKey(
                        name: "FK_IncidentVisits_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_IncidentVisits_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedViews_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SearchDocuments",
                columns: table => new
                {
                    RowId = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SourceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchDocuments", x => x.RowId);
                    table.ForeignKey(
                        name: "FK_SearchDocuments_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficBatches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Unit = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    MeasuredAt = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FoldedMeasuredAt = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Samples = table.Column<int>(type: "integer", nullable: false),
                    FromAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ToAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RecordedById = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WithdrawnByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficBatches", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrafficBatches_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_TrafficBatches_People_RecordedById",
                        column: x => x.RecordedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WaveDefences",
                columns: table => new
                {
                    WaveId = table.Column<Guid>(type: "uuid", nullable: false),
                    MitigationId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WaveDefences", x => new { x.WaveId, x.MitigationId });
                    table.ForeignKey(
                        name: "FK_WaveDefences_AttackWaves_WaveId",
                        column: x => x.WaveId,
                        principalTable: "AttackWaves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_WaveDefences_Mitigations_MitigationId",
                        column: x => x.MitigationId,
                        principalTable: "Mitigations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WaveTargets",
                columns: table => new
                {
                    WaveId = table.Column<Guid>(type: "uuid", nullable: false),
                    AssetId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WaveTargets", x => new { x.WaveId, x.AssetId });
                    table.ForeignKey(
                        name: "FK_WaveTargets_Assets_AssetId",
                        column: x => x.AssetId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_WaveTargets_AttackWaves_WaveId",
                        column: x => x.WaveId,
                        principalTable: "AttackWaves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrafficSamples",
                columns: table => new
                {
                    BatchId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Value = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficSamples", x => new { x.BatchId, x.At });
                    table.ForeignKey(
                        name: "FK_TrafficSamples_TrafficBatches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "TrafficBatches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AttackWaves_AdaptedToId",
                table: "AttackWaves",
                column: "AdaptedToId");

            migrationBuilder.CreateIndex(
                name: "IX_AttackWaves_IncidentId_Number",
                table: "AttackWaves",
                columns: new[] { "IncidentId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AttackWaves_Vector",
                table: "AttackWaves",
                column: "Vector");

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_IncidentId",
                table: "FollowUps",
                column: "IncidentId");

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_OwnerId",
                table: "FollowUps",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_State_DueOn",
                table: "FollowUps",
                columns: new[] { "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_IncidentVisits_IncidentId",
                table: "IncidentVisits",
                column: "IncidentId");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_PersonId",
                table: "SavedViews",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_SearchDocuments_IncidentId_Kind_SourceId_Number",
                table: "SearchDocuments",
                columns: new[] { "IncidentId", "Kind", "SourceId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SearchDocuments_SourceId_Kind",
                table: "SearchDocuments",
                columns: new[] { "SourceId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_TrafficBatches_IncidentId_Number",
                table: "TrafficBatches",
                columns: new[] { "IncidentId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TrafficBatches_RecordedById",
                table: "TrafficBatches",
                column: "RecordedById");

            migrationBuilder.CreateIndex(
                name: "IX_WaveDefences_MitigationId",
                table: "WaveDefences",
                column: "MitigationId");

            migrationBuilder.CreateIndex(
                name: "IX_WaveTargets_AssetId",
                table: "WaveTargets",
                column: "AssetId");

            migrationBuilder.Sql("""
                -- Both engines cut words at the same places: what is neither letter nor digit is a blank.
                CREATE FUNCTION search_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
                    SELECT lower(regexp_replace(regexp_replace(normalize(t, NFD), '[\u0300-\u036f]', '', 'g'), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
                $$;
                ALTER TABLE "SearchDocuments" ADD COLUMN "Vector" tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_fold("Text"))) STORED;
                CREATE INDEX "IX_SearchDocuments_Vector" ON "SearchDocuments" USING gin ("Vector");

                CREATE FUNCTION keep_search_document(incident uuid, kind text, source uuid, number bigint, at timestamptz, body text) RETURNS void LANGUAGE sql AS $$
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (incident, kind, source, number, at, body)
                    ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = EXCLUDED."At", "Text" = EXCLUDED."Text"
                $$;

                CREATE FUNCTION search_title() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM keep_search_document(NEW."Id", 'Title', NEW."Id", 0, NEW."DeclaredAt", NEW."Key" || ' ' || NEW."Title");
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Incidents_Search" AFTER INSERT OR UPDATE OF "Title" ON "Incidents" FOR EACH ROW EXECUTE FUNCTION search_title();

                CREATE FUNCTION search_entry() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM keep_search_document(NEW."IncidentId", 'Entry', NEW."IncidentId", NEW."RootSequence", NEW."SortAt", NEW."Body");
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "TimelineEntries_Search" AFTER INSERT ON "TimelineEntries" FOR EACH ROW WHEN (NEW."Body" <> '' OR NEW."Revision" > 1) EXECUTE FUNCTION search_entry();

                CREATE FUNCTION mitigation_text(m "Mitigations") RETURNS text LANGUAGE sql IMMUTABLE AS $$
                    SELECT concat_ws(E'\n', m."Name", m."Title", m."ExpectedEffect", m."SideEffects", m."VerdictReason", m."Command", m."Revert", m."AppliedBy", m."AskedWhom", m."Ticket", m."Answer")
                $$;
                CREATE FUNCTION search_mitigation() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE "SearchDocuments" SET "Text" = mitigation_text(NEW) WHERE "SourceId" = NEW."Id" AND "Kind" = 'Mitigation';
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Mitigations_Search" AFTER UPDATE ON "Mitigations" FOR EACH ROW EXECUTE FUNCTION search_mitigation();
                CREATE FUNCTION search_served() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        DELETE FROM "SearchDocuments" WHERE "IncidentId" = OLD."IncidentId" AND "Kind" = 'Mitigation' AND "SourceId" = OLD."MitigationId";
                    ELSE
                        PERFORM keep_search_document(NEW."IncidentId", 'Mitigation', m."Id", 0, m."CreatedAt", mitigation_text(m)) FROM "Mitigations" m WHERE m."Id" = NEW."MitigationId";
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "IncidentMitigations_Search" AFTER INSERT OR DELETE ON "IncidentMitigations" FOR EACH ROW EXECUTE FUNCTION search_served();

                CREATE FUNCTION search_wave() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW."IsWithdrawn" THEN
                        DELETE FROM "SearchDocuments" WHERE "IncidentId" = NEW."IncidentId" AND "Kind" = 'Wave' AND "SourceId" = NEW."Id";
                    ELSE
                        PERFORM keep_search_document(NEW."IncidentId", 'Wave', NEW."Id", 0, coalesce(NEW."FromAt", NEW."CreatedAt"), concat_ws(E'\n', NEW."Vector", NEW."Signature", NEW."Notes", NEW."MeasuredAt"));
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "AttackWaves_Search" AFTER INSERT OR UPDATE ON "AttackWaves" FOR EACH ROW EXECUTE FUNCTION search_wave();

                CREATE FUNCTION search_follow_up() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM keep_search_document(NEW."IncidentId", 'FollowUp', NEW."Id", 0, NEW."CreatedAt", concat_ws(E'\n', NEW."Action", NEW."Outcome", NEW."Tracker"));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "FollowUps_Search" AFTER INSERT OR UPDATE ON "FollowUps" FOR EACH ROW EXECUTE FUNCTION search_follow_up();

                CREATE FUNCTION search_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM keep_search_document(NEW."IncidentId", 'Attachment', NEW."Id", 0, NEW."AddedAt", NEW."FileName");
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Attachments_Search" AFTER INSERT ON "Attachments" FOR EACH ROW EXECUTE FUNCTION search_attachment();

                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT "Id", 'Title', "Id", 0, "DeclaredAt", "Key" || ' ' || "Title" FROM "Incidents";
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT e."IncidentId", 'Entry', e."IncidentId", e."RootSequence", e."SortAt", e."Body" FROM "TimelineEntries" e
                WHERE (e."Body" <> '' OR e."Revision" > 1) AND NOT EXISTS (SELECT 1 FROM "TimelineEntries" l WHERE l."IncidentId" = e."IncidentId" AND l."RootSequence" = e."RootSequence" AND l."Revision" > e."Revision");
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT i."IncidentId", 'Mitigation', m."Id", 0, m."CreatedAt", mitigation_text(m) FROM "IncidentMitigations" i JOIN "Mitigations" m ON m."Id" = i."MitigationId";
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT "IncidentId", 'Attachment', "Id", 0, "AddedAt", "FileName" FROM "Attachments";

                CREATE TRIGGER "TrafficSamples_AppendOnly" BEFORE UPDATE OR DELETE ON "TrafficSamples"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "TrafficSamples_NoTruncate" BEFORE TRUNCATE ON "TrafficSamples"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_record();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "Incidents_Search" ON "Incidents";
                DROP TRIGGER "TimelineEntries_Search" ON "TimelineEntries";
                DROP TRIGGER "Mitigations_Search" ON "Mitigations";
                DROP TRIGGER "IncidentMitigations_Search" ON "IncidentMitigations";
                DROP TRIGGER "AttackWaves_Search" ON "AttackWaves";
                DROP TRIGGER "FollowUps_Search" ON "FollowUps";
                DROP TRIGGER "Attachments_Search" ON "Attachments";
                DROP FUNCTION search_title, search_entry, search_mitigation, search_served, search_wave, search_follow_up, search_attachment, keep_search_document, mitigation_text;
                ALTER TABLE "SearchDocuments" DROP COLUMN "Vector";
                DROP FUNCTION search_fold;
                """);

            migrationBuilder.DropTable(
                name: "FollowUps");

            migrationBuilder.DropTable(
                name: "IncidentVisits");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropTable(
                name: "SearchDocuments");

            migrationBuilder.DropTable(
                name: "TrafficSamples");

            migrationBuilder.DropTable(
                name: "WaveDefences");

            migrationBuilder.DropTable(
                name: "WaveTargets");

            migrationBuilder.DropTable(
                name: "TrafficBatches");

            migrationBuilder.DropTable(
                name: "AttackWaves");
        }
    }
}
