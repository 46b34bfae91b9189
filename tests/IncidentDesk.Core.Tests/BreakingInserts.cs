using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace IncidentDesk.Tests;

/// <summary>Lets the database seem to fail when timeline rows are written.</summary>
internal sealed class BreakingInserts : DbCommandInterceptor
{
    public bool Break { get; set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return new(result);
    }

    private void Refuse(DbCommand command)
    {
        if (Break && command.CommandText.Contains("INSERT INTO \"TimelineEntries\"", StringComparison.Ordinal)) throw new IOException("The disk is full.");
    }
}
