using System.Globalization;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.Extensions.Logging;

namespace IncidentDesk.People;

/// <summary>Writes into the audit trail that somebody fails again and again: at the fifth time and at each doubling, which says enough of an attack that goes on for days.</summary>
/// <remarks>Written beside the answer, which is the same for names that nobody has, and must come as soon.</remarks>
public sealed partial class FailedAttempts(DeskDatabase database, TimeProvider time, ILogger<FailedAttempts> logger)
{
    /// <summary>The last line on its way, for those who wait for it.</summary>
    internal Task Writing { get; private set; } = Task.CompletedTask;

    /// <param name="failures">How many of this kind there were.</param>
    internal void Tell(Guid personId, string name, int failures, string address)
    {
        if (failures < SignInThrottle.Free || (failures != SignInThrottle.Free && !int.IsPow2(failures))) return;
        var before = Writing;
        Writing = Task.Run(async () =>
        {
            await before;
            await WriteAsync(personId, name, failures, address);
        });
    }

    private async Task WriteAsync(Guid personId, string name, int failures, string address)
    {
        try
        {
            await using var db = await database.OpenAsync(CancellationToken.None);
            await using var transaction = await database.BeginWriteAsync(db, CancellationToken.None);
            db.Audit(time.UtcNow(), DeskMember.Desk, AuditKind.SignInThrottled, personId.ToString(), name, after: failures.ToString(CultureInfo.InvariantCulture), address: address);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            NotWritten(e, failures, personId);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Failures} failed attempts at account {PersonId} were not written into the audit trail.")]
    private partial void NotWritten(Exception e, int failures, Guid personId);
}
