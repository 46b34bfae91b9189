using System.Data.Common;
using System.Globalization;
using IncidentDesk.Timeline;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace IncidentDesk.Benchmarks.History;

/// <summary>Writes rows of logs a million at a time: by COPY on PostgreSQL, by one prepared statement on SQLite. Columns and conversions are those of the model.</summary>
internal sealed class EntryRows(DbContext db)
{
    private readonly IReadOnlyList<IProperty> _columns = [.. db.Model.FindEntityType(typeof(TimelineEntry))!.GetProperties()];

    public async Task WriteAsync(IEnumerable<TimelineEntry> entries)
    {
        var connection = db.Database.GetDbConnection();
        if (connection is NpgsqlConnection postgres) await CopyAsync(postgres, entries);
        else await InsertAsync((SqliteConnection)connection, entries);
    }

    private string Names => string.Join(", ", _columns.Select(c => $"\"{c.GetColumnName()}\""));

    private async Task CopyAsync(NpgsqlConnection connection, IEnumerable<TimelineEntry> entries)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"TimelineEntries\" ({Names}) FROM STDIN (FORMAT BINARY)");
        foreach (var entry in entries)
        {
            await copy.StartRowAsync();
            foreach (var column in _columns)
            {
                if (Value(column, entry) is { } value) await copy.WriteAsync(value, column.GetColumnType());
                else await copy.WriteNullAsync();
            }
        }
        await copy.CompleteAsync();
    }

    private async Task InsertAsync(SqliteConnection connection, IEnumerable<TimelineEntry> entries)
    {
        await using var insert = connection.CreateCommand();
        insert.Transaction = (SqliteTransaction?)DbTransactionOf(db);
        insert.CommandText = $"INSERT INTO \"TimelineEntries\" ({Names}) VALUES ({string.Join(", ", _columns.Select((_, n) => "@p" + n.ToString(CultureInfo.InvariantCulture)))})";
        for (var n = 0; n < _columns.Count; n++) insert.Parameters.Add(new SqliteParameter("@p" + n.ToString(CultureInfo.InvariantCulture), null));
        foreach (var entry in entries)
        {
            for (var n = 0; n < _columns.Count; n++) insert.Parameters[n].Value = Value(_columns[n], entry) ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }

    private static DbTransaction? DbTransactionOf(DbContext db) => Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!);

    private static object? Value(IProperty column, TimelineEntry entry)
    {
        var value = column.PropertyInfo!.GetValue(entry);
        return value is not null && column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
