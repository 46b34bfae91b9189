using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentDesk.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SymbolsSeparateWords : Migration
    {
        // FTS5 knows Unicode 6.1. What came later it takes for letters, so that "🟢mitigated" would be a word of its own.
        private static readonly (int From, int To)[] Symbols = [(0x20BA, 0x20CF), (0x23F4, 0x23FF), (0x2B4D, 0x2BFF), (0x1F000, 0x1FBEF)];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            MakeIndex(migrationBuilder, $" separators ''{string.Concat(Symbols.SelectMany(s => Enumerable.Range(s.From, s.To - s.From + 1)).Select(char.ConvertFromUtf32))}''");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => MakeIndex(migrationBuilder, "");

        private static void MakeIndex(MigrationBuilder migrationBuilder, string separators) => migrationBuilder.Sql($"""
            DROP TABLE "SearchIndex";
            CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Text", content='SearchDocuments', content_rowid='RowId', tokenize='unicode61 remove_diacritics 2{separators}');
            INSERT INTO "SearchIndex" ("SearchIndex") VALUES ('rebuild');
            """);
    }
}
