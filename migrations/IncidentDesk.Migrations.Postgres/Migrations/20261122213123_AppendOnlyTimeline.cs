using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentDesk.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AppendOnlyTimeline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Timeline entries are append-only.';
                END $$;
                CREATE TRIGGER "TimelineEntries_AppendOnly" BEFORE UPDATE OR DELETE ON "TimelineEntries"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_history();
                CREATE TRIGGER "TimelineEntries_NoTruncate" BEFORE TRUNCATE ON "TimelineEntries"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "TimelineEntries_NoTruncate" ON "TimelineEntries";
                DROP TRIGGER "TimelineEntries_AppendOnly" ON "TimelineEntries";
                DROP FUNCTION refuse_rewriting_history();
                """);
        }
    }
}
