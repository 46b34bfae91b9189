using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentDesk.Migrations.Sqlite.Migrations
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Vector = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FromAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FromPrecision = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ToAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ToPrecision = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Magnitude = table.Column<double>(type: "REAL", nullable: true),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    MagnitudeKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    MeasuredAt = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Signature = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Notes = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Countries = table.Column<string>(type: "TEXT", nullable: false),
                    Networks = table.Column<string>(type: "TEXT", nullable: false),
                    Prefixes = table.Column<string>(type: "TEXT", nullable: true),
                    AdaptedToId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsWithdrawn = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedByName = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Tracker = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    LeftAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    RowId = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    IncidentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MeasuredAt = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FoldedMeasuredAt = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Samples = table.Column<int>(type: "INTEGER", nullable: false),
                    FromAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ToAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RecordedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedByName = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WithdrawnByName = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true)
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
                    WaveId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MitigationId = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    WaveId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AssetId = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    BatchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Value = table.Column<double>(type: "REAL", nullable: false)
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
                CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Text", content='SearchDocuments', content_rowid='RowId', tokenize='unicode61 remove_diacritics 2');
                CREATE TRIGGER "SearchDocuments_Inserted" AFTER INSERT ON "SearchDocuments" BEGIN
                    INSERT INTO "SearchIndex" (rowid, "Text") VALUES (NEW."RowId", NEW."Text");
                END;
                CREATE TRIGGER "SearchDocuments_Deleted" AFTER DELETE ON "SearchDocuments" BEGIN
                    INSERT INTO "SearchIndex" ("SearchIndex", rowid, "Text") VALUES ('delete', OLD."RowId", OLD."Text");
                END;
                CREATE TRIGGER "SearchDocuments_Updated" AFTER UPDATE ON "SearchDocuments" BEGIN
                    INSERT INTO "SearchIndex" ("SearchIndex", rowid, "Text") VALUES ('delete', OLD."RowId", OLD."Text");
                    INSERT INTO "SearchIndex" (rowid, "Text") VALUES (NEW."RowId", NEW."Text");
                END;

                CREATE TRIGGER "Incidents_SearchNew" AFTER INSERT ON "Incidents" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."Id", 'Title', NEW."Id", 0, NEW."DeclaredAt", NEW."Key" || ' ' || NEW."Title") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "Incidents_SearchRenamed" AFTER UPDATE OF "Title" ON "Incidents" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."Id", 'Title', NEW."Id", 0, NEW."DeclaredAt", NEW."Key" || ' ' || NEW."Title") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "TimelineEntries_Search" AFTER INSERT ON "TimelineEntries" WHEN NEW."Body" <> '' OR NEW."Revision" > 1 BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'Entry', NEW."IncidentId", NEW."RootSequence", NEW."SortAt", NEW."Body") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "Mitigations_Search" AFTER UPDATE ON "Mitigations" BEGIN
                    UPDATE "SearchDocuments" SET "Text" = NEW."Name" || char(10) || NEW."Title" || char(10) || NEW."ExpectedEffect" || char(10) || NEW."SideEffects" || char(10) || NEW."VerdictReason" || char(10) || NEW."Command" || char(10) || NEW."Revert" || char(10) || NEW."AppliedBy" || char(10) || NEW."AskedWhom" || char(10) || NEW."Ticket" || char(10) || NEW."Answer" WHERE "SourceId" = NEW."Id" AND "Kind" = 'Mitigation';
                END;
                CREATE TRIGGER "IncidentMitigations_SearchServed" AFTER INSERT ON "IncidentMitigations" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") SELECT NEW."IncidentId", 'Mitigation', m."Id", 0, m."CreatedAt", m."Name" || char(10) || m."Title" || char(10) || m."ExpectedEffect" || char(10) || m."SideEffects" || char(10) || m."VerdictReason" || char(10) || m."Command" || char(10) || m."Revert" || char(10) || m."AppliedBy" || char(10) || m."AskedWhom" || char(10) || m."Ticket" || char(10) || m."Answer" FROM "Mitigations" m WHERE m."Id" = NEW."MitigationId" ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "IncidentMitigations_SearchLeft" AFTER DELETE ON "IncidentMitigations" BEGIN
                    DELETE FROM "SearchDocuments" WHERE "IncidentId" = OLD."IncidentId" AND "Kind" = 'Mitigation' AND "SourceId" = OLD."MitigationId";
                END;
                CREATE TRIGGER "AttackWaves_SearchNew" AFTER INSERT ON "AttackWaves" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'Wave', NEW."Id", 0, coalesce(NEW."FromAt", NEW."CreatedAt"), NEW."Vector" || char(10) || NEW."Signature" || char(10) || NEW."Notes" || char(10) || NEW."MeasuredAt") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "AttackWaves_SearchEdited" AFTER UPDATE ON "AttackWaves" WHEN NOT NEW."IsWithdrawn" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'Wave', NEW."Id", 0, coalesce(NEW."FromAt", NEW."CreatedAt"), NEW."Vector" || char(10) || NEW."Signature" || char(10) || NEW."Notes" || char(10) || NEW."MeasuredAt") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "AttackWaves_SearchWithdrawn" AFTER UPDATE ON "AttackWaves" WHEN NEW."IsWithdrawn" BEGIN
                    DELETE FROM "SearchDocuments" WHERE "IncidentId" = NEW."IncidentId" AND "Kind" = 'Wave' AND "SourceId" = NEW."Id";
                END;
                CREATE TRIGGER "FollowUps_SearchNew" AFTER INSERT ON "FollowUps" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'FollowUp', NEW."Id", 0, NEW."CreatedAt", NEW."Action" || char(10) || NEW."Outcome" || char(10) || NEW."Tracker") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "FollowUps_SearchEdited" AFTER UPDATE ON "FollowUps" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'FollowUp', NEW."Id", 0, NEW."CreatedAt", NEW."Action" || char(10) || NEW."Outcome" || char(10) || NEW."Tracker") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;
                CREATE TRIGGER "Attachments_Search" AFTER INSERT ON "Attachments" BEGIN
                    INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text") VALUES (NEW."IncidentId", 'Attachment', NEW."Id", 0, NEW."AddedAt", NEW."FileName") ON CONFLICT ("IncidentId", "Kind", "SourceId", "Number") DO UPDATE SET "At" = excluded."At", "Text" = excluded."Text";
                END;

                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT "Id", 'Title', "Id", 0, "DeclaredAt", "Key" || ' ' || "Title" FROM "Incidents";
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT e."IncidentId", 'Entry', e."IncidentId", e."RootSequence", e."SortAt", e."Body" FROM "TimelineEntries" e
                WHERE (e."Body" <> '' OR e."Revision" > 1) AND NOT EXISTS (SELECT 1 FROM "TimelineEntries" l WHERE l."IncidentId" = e."IncidentId" AND l."RootSequence" = e."RootSequence" AND l."Revision" > e."Revision");
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT i."IncidentId", 'Mitigation', m."Id", 0, m."CreatedAt", m."Name" || char(10) || m."Title" || char(10) || m."ExpectedEffect" || char(10) || m."SideEffects" || char(10) || m."VerdictReason" || char(10) || m."Command" || char(10) || m."Revert" || char(10) || m."AppliedBy" || char(10) || m."AskedWhom" || char(10) || m."Ticket" || char(10) || m."Answer" FROM "IncidentMitigations" i JOIN "Mitigations" m ON m."Id" = i."MitigationId";
                INSERT INTO "SearchDocuments" ("IncidentId", "Kind", "SourceId", "Number", "At", "Text")
                SELECT "IncidentId", 'Attachment', "Id", 0, "AddedAt", "FileName" FROM "Attachments";

                CREATE TRIGGER "TrafficSamples_NoUpdate" BEFORE UPDATE ON "TrafficSamples"
                BEGIN SELECT RAISE(ABORT, 'Measurements are append-only.'); END;
                CREATE TRIGGER "TrafficSamples_NoDelete" BEFORE DELETE ON "TrafficSamples"
                BEGIN SELECT RAISE(ABORT, 'Measurements are append-only.'); END;
                CREATE TRIGGER "TrafficSamples_NoReplace" BEFORE INSERT ON "TrafficSamples"
                WHEN EXISTS (SELECT 1 FROM "TrafficSamples" WHERE "BatchId" = NEW."BatchId" AND "At" = NEW."At")
                BEGIN SELECT RAISE(ABORT, 'Measurements are append-only.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "Incidents_SearchNew";
                DROP TRIGGER "Incidents_SearchRenamed";
                DROP TRIGGER "TimelineEntries_Search";
                DROP TRIGGER "Mitigations_Search";
                DROP TRIGGER "IncidentMitigations_SearchServed";
                DROP TRIGGER "IncidentMitigations_SearchLeft";
                DROP TRIGGER "Attachments_Search";
                DROP TABLE "SearchIndex";
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
