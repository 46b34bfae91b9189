using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentDesk.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AppendOnlyTimeline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The third one stops INSERT OR REPLACE, which fires neither of the others.
            migrationBuilder.Sql("""
                CREATE TRIGGER "TimelineEntries_NoUpdate" BEFORE UPDATE ON "TimelineEntries"
                BEGIN SELECT RAISE(ABORT, 'Timeline entries are append-only.'); END;
                CREATE TRIGGER "TimelineEntries_NoDelete" BEFORE DELETE ON "TimelineEntries"
                BEGIN SELECT RAISE(ABORT, 'Timeline entries are append-only.'); END;
                CREATE TRIGGER "TimelineEntries_NoReplace" BEFORE INSERT ON "TimelineEntries"
                WHEN EXISTS (SELECT 1 FROM "TimelineEntries" WHERE "EntryId" = NEW."EntryId"
                    OR ("IncidentId" = NEW."IncidentId" AND "Sequence" = NEW."Sequence")
                    OR ("IncidentId" = NEW."IncidentId" AND "RootSequence" = NEW."RootSequence" AND "Revision" = NEW."Revision"))
                BEGIN SELECT RAISE(ABORT, 'Timeline entries are append-only.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "TimelineEntries_NoReplace";
                DROP TRIGGER "TimelineEntries_NoDelete";
                DROP TRIGGER "TimelineEntries_NoUpdate";
                """);
        }
    }
}
